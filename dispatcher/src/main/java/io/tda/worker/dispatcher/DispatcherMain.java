package io.tda.worker.dispatcher;

import io.tda.worker.adapter.firestore.FirestoreCollections;
import io.tda.worker.adapter.firestore.FirestoreDocumentStore;
import io.tda.worker.adapter.firestore.FirestoreFlowRunRepository;
import io.tda.worker.adapter.firestore.FirestoreLeaseRepository;
import io.tda.worker.adapter.firestore.FirestoreReconcileCursor;
import io.tda.worker.adapter.http.Draining;
import io.tda.worker.adapter.http.HttpEdge;
import io.tda.worker.adapter.http.HttpServer;
import io.tda.worker.adapter.http.PostHandler;
import io.tda.worker.adapter.http.ServiceProcess;
import io.tda.worker.adapter.http.ServiceProcess.Disclosure;
import io.tda.worker.adapter.http.ServiceProcess.Running;
import io.tda.worker.adapter.http.WarmUp;
import io.tda.worker.adapter.telemetry.Telemetry;
import io.tda.worker.adapter.telemetry.TracedCall;
import io.tda.worker.config.DispatcherConfig;
import io.tda.worker.config.Role;
import io.tda.worker.config.WorkerConfig;
import io.tda.worker.dispatcher.adapter.pubsub.PubSubStepPublisher;
import io.tda.worker.dispatcher.adapter.telemetry.TracedEventHandler;
import io.tda.worker.dispatcher.adapter.telemetry.TracedStepPublisher;
import io.tda.worker.dispatcher.http.FlowRunEvents;
import io.tda.worker.dispatcher.http.RecoveryCalls;
import io.tda.worker.flow.ReconcileCursor;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogOrigin.Component;
import io.tda.worker.log.SecretMask;
import io.tda.worker.message.OrderingScope;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.time.ThreadSleeper;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The dispatcher as a process: wires it from the environment, and serves. */
public final class DispatcherMain {
  /** A publish that takes longer is left to the event's redelivery. */
  private static final Duration PUBLISH_BUDGET = Duration.ofSeconds(10);

  /** The scheduler waits a minute for the answer; what is left over is the next call's. */
  private static final Duration RECOVERY_TIME = Duration.ofSeconds(45);

  private static final Duration WARM_UP = Duration.ofSeconds(3);

  private DispatcherMain() {}

  public static void main(String[] arguments) {
    new ServiceProcess<>(
            DispatcherMain.class,
            Component.DISPATCHER,
            Role.DISPATCHER,
            _ -> new Disclosure(new SecretMask(Set.of()), null),
            DispatcherMain::start)
        .run(System.getenv());
  }

  private static Running start(
      WorkerConfig<DispatcherConfig> config,
      Telemetry telemetry,
      EventLogger log,
      Draining draining) {
    var documents =
        FirestoreDocumentStore.connect(
            config.service().project(),
            config.firestore().database(),
            config.emulators().firestore().emulatorHost(),
            FirestoreDocumentStore.Limits.CLAIMING);
    var publisher = publisher(config);
    WarmUp.run(WARM_UP, List.of(documents::warmUp, publisher::warmUp));
    var edge = HttpEdge.of(config.http(), draining, log);
    var store = telemetry.documents(documents);
    var ports = ports(config, store, telemetry.traced(publisher, TracedStepPublisher::new), log);
    var cursor = new FirestoreReconcileCursor(store, collections(config));
    var routes = routes(config, ports, cursor, telemetry);
    return new Running(
        HttpServer.start(config.http().port(), edge, routes), List.of(publisher, documents));
  }

  private static PubSubStepPublisher publisher(WorkerConfig<DispatcherConfig> config) {
    return PubSubStepPublisher.connect(
        new PubSubStepPublisher.Topic(config.service().project(), config.own().topic()),
        switch (config.own().orderingScope()) {
          case STEP -> OrderingScope.STEP;
          case RUN -> OrderingScope.RUN;
        },
        PUBLISH_BUDGET,
        config.emulators().pubsub().emulatorHost());
  }

  private static DispatcherAssembly.Ports ports(
      WorkerConfig<DispatcherConfig> config,
      DocumentStore documents,
      StepPublisher publisher,
      EventLogger log) {
    var collections = collections(config);
    return new DispatcherAssembly.Ports(
        new FirestoreFlowRunRepository(documents, collections),
        new FirestoreLeaseRepository(documents, collections),
        publisher,
        log);
  }

  private static FirestoreCollections collections(WorkerConfig<DispatcherConfig> config) {
    var firestore = config.firestore();
    return new FirestoreCollections(firestore.flowRuns(), firestore.stepLeases());
  }

  private static Map<String, PostHandler> routes(
      WorkerConfig<DispatcherConfig> config,
      DispatcherAssembly.Ports ports,
      ReconcileCursor cursor,
      Telemetry telemetry) {
    var maxClaims = config.own().maxClaimsPerEvent();
    var terms =
        new StepClaimer.Terms(config.own().claimMaxAttempts(), config.lease().dispatchLease());
    var surroundings =
        new StepClaimer.Surroundings(
            InstantSource.system(), new SecureRandom(), new ThreadSleeper());
    var handler = DispatcherAssembly.eventHandler(ports, maxClaims, terms, surroundings);
    var sweep = DispatcherAssembly.sweep(ports, config.lease(), surroundings);
    var reconcile =
        DispatcherAssembly.reconcile(
            ports, new ReconcileScope(config.runIds(), cursor), maxClaims, terms, surroundings);
    return Map.of(
        FlowRunEvents.PATH,
        new FlowRunEvents(
            parser(config), telemetry.traced(handler, TracedEventHandler::new), ports.log()),
        RecoveryCalls.SWEEP_PATH,
        traced(RecoveryCalls.sweep(sweep, RECOVERY_TIME), "sweep", telemetry),
        RecoveryCalls.RECONCILE_PATH,
        traced(RecoveryCalls.reconcile(reconcile, RECOVERY_TIME), "reconcile", telemetry));
  }

  private static PostHandler traced(PostHandler call, String name, Telemetry telemetry) {
    return telemetry.traced(call, (next, spans) -> new TracedCall(next, name, spans));
  }

  private static CloudEventParser parser(WorkerConfig<DispatcherConfig> config) {
    var firestore = config.firestore();
    return new CloudEventParser(
        new CloudEventParser.EventScope(
            firestore.database(), firestore.flowRuns(), config.runIds()));
  }
}
