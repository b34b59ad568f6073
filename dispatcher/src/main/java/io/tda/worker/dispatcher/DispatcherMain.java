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
import io.tda.worker.config.DispatcherConfig;
import io.tda.worker.config.Role;
import io.tda.worker.config.WorkerConfig;
import io.tda.worker.dispatcher.adapter.pubsub.PubSubStepPublisher;
import io.tda.worker.dispatcher.http.FlowRunEvents;
import io.tda.worker.dispatcher.http.RecoveryCalls;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogOrigin.Component;
import io.tda.worker.log.SecretMask;
import io.tda.worker.message.OrderingScope;
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
      WorkerConfig<DispatcherConfig> config, EventLogger log, Draining draining) {
    var documents =
        FirestoreDocumentStore.connect(
            config.service().project(),
            config.firestore().database(),
            config.emulators().firestore().emulatorHost(),
            FirestoreDocumentStore.Limits.CLAIMING);
    var publisher = publisher(config);
    WarmUp.run(WARM_UP, List.of(documents::warmUp, publisher::warmUp));
    var edge = HttpEdge.of(config.http(), draining, log);
    return new Running(
        HttpServer.start(config.http().port(), edge, routes(config, documents, publisher, log)),
        List.of(publisher, documents));
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

  private static Map<String, PostHandler> routes(
      WorkerConfig<DispatcherConfig> config,
      FirestoreDocumentStore documents,
      StepPublisher publisher,
      EventLogger log) {
    var firestore = config.firestore();
    var collections = new FirestoreCollections(firestore.flowRuns(), firestore.stepLeases());
    var ports =
        new DispatcherAssembly.Ports(
            new FirestoreFlowRunRepository(documents, collections),
            new FirestoreLeaseRepository(documents, collections),
            publisher,
            log);
    var maxClaims = config.own().maxClaimsPerEvent();
    var terms =
        new StepClaimer.Terms(config.own().claimMaxAttempts(), config.lease().dispatchLease());
    var surroundings =
        new StepClaimer.Surroundings(
            InstantSource.system(), new SecureRandom(), new ThreadSleeper());
    var parser =
        new CloudEventParser(
            new CloudEventParser.EventScope(
                firestore.database(), firestore.flowRuns(), config.runIds()));
    var handler = DispatcherAssembly.eventHandler(ports, maxClaims, terms, surroundings);
    var sweep = DispatcherAssembly.sweep(ports, config.lease(), surroundings);
    var cursor = new FirestoreReconcileCursor(documents, collections);
    var reconcile = DispatcherAssembly.reconcile(ports, cursor, maxClaims, terms, surroundings);
    return Map.of(
        FlowRunEvents.PATH, new FlowRunEvents(parser, handler, log),
        RecoveryCalls.SWEEP_PATH, RecoveryCalls.sweep(sweep, RECOVERY_TIME),
        RecoveryCalls.RECONCILE_PATH, RecoveryCalls.reconcile(reconcile, RECOVERY_TIME));
  }
}
