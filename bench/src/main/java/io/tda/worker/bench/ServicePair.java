package io.tda.worker.bench;

import io.tda.worker.bench.stack.Cloud;
import io.tda.worker.bench.stack.ServiceApp;
import io.tda.worker.bench.stack.ServiceProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Both services as processes, beside others on the same cloud. */
final class ServicePair implements AutoCloseable {
  private final CloudSteps steps;
  private final Deliveries deliveries = new Deliveries();
  private final ServiceProcess dispatcher;
  private final ServiceProcess executor;

  private ServicePair(CloudSteps steps, ServiceProcess dispatcher, ServiceProcess executor) {
    this.steps = steps;
    this.dispatcher = dispatcher;
    this.executor = executor;
  }

  /**
   * Starts them.
   *
   * @param variables what they are told besides what the cloud says
   */
  static ServicePair start(Cloud cloud, CloudSteps steps, Map<String, String> variables) {
    var environment = new HashMap<>(cloud.environment());
    environment.putAll(variables);
    return new ServicePair(
        steps,
        ServiceProcess.start(
            ServiceProcess.command(ServiceApp.dispatcher(), Stack.FLAGS), environment, _ -> {}),
        ServiceProcess.start(
            ServiceProcess.command(ServiceApp.executor(), Stack.FLAGS), environment, _ -> {}));
  }

  /** One event for the dispatcher, and one claim for the executor: what a step costs each. */
  void step() throws Exception {
    deliveries.post(dispatcher.address("/events/flow-run"), CloudSteps.event(steps.ready()));
    deliveries.post(executor.address("/push/step-claimed"), CloudSteps.push(steps.claimed()));
  }

  /** Processor time of both since their start. */
  Duration cpu() {
    return dispatcher.cpu().plus(executor.cpu());
  }

  @Override
  public void close() {
    deliveries.close();
    executor.close();
    dispatcher.close();
  }
}
