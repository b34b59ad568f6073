package io.tda.worker.bench;

import io.tda.worker.bench.stack.Cloud;
import io.tda.worker.bench.stack.ServiceApp;
import io.tda.worker.bench.stack.ServiceProcess;
import java.io.IOException;
import java.util.List;

/** Both services as processes, what they talk to, and the one who makes work for them. */
final class Stack implements AutoCloseable {
  /** As the images have them, but for the cache; in a container of 512 MiB. */
  static final List<String> FLAGS = List.of(ServiceApp.jvmOptions(), "-XX:MaxRAM=512m");

  /**
   * Steps until the services are warm. What runs once a step is compiled after some hundred, and
   * the services have more of it than the bare program: after 300 steps the ratio of their times is
   * a tenth higher than at last.
   */
  static final int WARM_UP = 2_000;

  private final Cloud cloud;
  private final ServiceProcess dispatcher;
  private final ServiceProcess executor;
  private final CloudSteps steps;
  private final Deliveries deliveries = new Deliveries();

  private Stack(Cloud cloud, ServiceProcess dispatcher, ServiceProcess executor, CloudSteps steps) {
    this.cloud = cloud;
    this.dispatcher = dispatcher;
    this.executor = executor;
    this.steps = steps;
  }

  /** Starts all of it. */
  static Stack start() throws IOException {
    var example = ExampleDocuments.load();
    var cloud = Cloud.start();
    return new Stack(
        cloud,
        start(cloud, ServiceApp.dispatcher()),
        start(cloud, ServiceApp.executor()),
        CloudSteps.connect(cloud, example));
  }

  private static ServiceProcess start(Cloud cloud, ServiceApp app) {
    return ServiceProcess.start(
        ServiceProcess.command(app, FLAGS), cloud.environment(), Stack::trouble);
  }

  /** What is wrong with a service is shown; the usual lines are not. */
  private static void trouble(String line) {
    if (line.contains("\"severity\":\"WARNING\"") || line.contains("\"severity\":\"ERROR\"")) {
      System.err.println(line);
    }
  }

  Cloud cloud() {
    return cloud;
  }

  ServiceProcess dispatcher() {
    return dispatcher;
  }

  ServiceProcess executor() {
    return executor;
  }

  CloudSteps steps() {
    return steps;
  }

  /** Brings a run's event to the dispatcher, and returns when it is done with it. */
  void event(CloudSteps.Ready run) throws Exception {
    deliveries.post(dispatcher.address("/events/flow-run"), CloudSteps.event(run));
  }

  /** Brings a claim to the executor, and returns when the step has ended. */
  void push(CloudSteps.Claimed run) throws Exception {
    deliveries.post(executor.address("/push/step-claimed"), CloudSteps.push(run));
  }

  /** The same with a message that came from the topic. */
  void push(Deliveries.Post post) throws Exception {
    deliveries.post(executor.address("/push/step-claimed"), post);
  }

  @Override
  public void close() {
    deliveries.close();
    executor.close();
    dispatcher.close();
    steps.close();
    cloud.close();
  }
}
