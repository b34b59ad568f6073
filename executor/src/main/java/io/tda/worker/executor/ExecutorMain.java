package io.tda.worker.executor;

import io.tda.worker.adapter.firestore.FirestoreCollections;
import io.tda.worker.adapter.firestore.FirestoreDocumentStore;
import io.tda.worker.adapter.firestore.FirestoreFlowRunRepository;
import io.tda.worker.adapter.firestore.FirestoreLeaseRepository;
import io.tda.worker.adapter.http.Draining;
import io.tda.worker.adapter.http.HttpEdge;
import io.tda.worker.adapter.http.HttpServer;
import io.tda.worker.adapter.http.PostHandler;
import io.tda.worker.adapter.http.ServiceProcess;
import io.tda.worker.adapter.http.ServiceProcess.Disclosure;
import io.tda.worker.adapter.http.ServiceProcess.Running;
import io.tda.worker.adapter.http.WarmUp;
import io.tda.worker.adapter.telemetry.Telemetry;
import io.tda.worker.adapter.telemetry.TracedArtifactStore;
import io.tda.worker.adapter.telemetry.TracedTicker;
import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.config.ExecutorConfig;
import io.tda.worker.config.Role;
import io.tda.worker.config.WorkerConfig;
import io.tda.worker.executor.adapter.firestore.FirestorePromptRepository;
import io.tda.worker.executor.adapter.firestore.FirestoreSchemaRepository;
import io.tda.worker.executor.adapter.gcs.GcsArtifactStore;
import io.tda.worker.executor.adapter.gemini.ModelAccess;
import io.tda.worker.executor.adapter.telemetry.TracedDeliveryHandler;
import io.tda.worker.executor.adapter.telemetry.TracedForks;
import io.tda.worker.executor.adapter.telemetry.TracedLLMClient;
import io.tda.worker.executor.http.DeadLetterPushes;
import io.tda.worker.executor.http.StepClaimedPushes;
import io.tda.worker.llm.LLMClient;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogOrigin.Component;
import io.tda.worker.log.ServiceEvent.ConfigLoaded;
import io.tda.worker.time.ScheduledTicker;
import io.tda.worker.time.ThreadSleeper;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.UnaryOperator;

/** The executor as a process: wires it from the environment, and serves. */
public final class ExecutorMain {
  /** Heartbeats wait for the store, so each lease may need a thread; virtual ones cost nothing. */
  private static final int HEARTBEAT_THREADS = 256;

  private static final Duration WARM_UP = Duration.ofSeconds(3);

  private ExecutorMain() {}

  public static void main(String[] arguments) {
    new ServiceProcess<>(
            ExecutorMain.class,
            Component.EXECUTOR,
            Role.EXECUTOR,
            ExecutorMain::disclosure,
            ExecutorMain::start)
        .run(System.getenv());
  }

  private static Disclosure disclosure(WorkerConfig<ExecutorConfig> config) {
    var mode = config.own().llm().mode();
    return new Disclosure(
        mode.secrets(),
        new ConfigLoaded.Llm(mode.label(), mode.authMode(), mode.keyId().orElse(null)));
  }

  private static Running start(
      WorkerConfig<ExecutorConfig> config,
      Telemetry telemetry,
      EventLogger log,
      Draining draining) {
    var documents =
        FirestoreDocumentStore.connect(
            config.service().project(),
            config.firestore().database(),
            config.emulators().firestore().emulatorHost(),
            FirestoreDocumentStore.Limits.FINALIZING);
    var model = ModelAccess.open(config.own().llm());
    var client = telemetry.traced(model.client(), TracedLLMClient::new);
    var ports = ports(config, telemetry, client, documents, log);
    WarmUp.run(WARM_UP, List.of(documents::warmUp, () -> lookIntoBucket(config, ports)));
    var edge = HttpEdge.of(config.http(), draining, log);
    var routes =
        routes(ports, settings(config), surroundings(draining, telemetry), draining, telemetry);
    return new Running(
        HttpServer.start(config.http().port(), edge, routes), List.of(model.closing(), documents));
  }

  private static Map<String, PostHandler> routes(
      ExecutorAssembly.Ports ports,
      ExecutorAssembly.Settings settings,
      ExecutorAssembly.Surroundings surroundings,
      Draining draining,
      Telemetry telemetry) {
    var shutdown = draining.cancellation();
    UnaryOperator<DeliveryHandler> traced =
        handler -> telemetry.traced(handler, TracedDeliveryHandler::new);
    var executor = traced.apply(ExecutorAssembly.stepExecutor(ports, settings, surroundings));
    var deadLetters = ExecutorAssembly.deadLetterHandler(ports, settings, surroundings, traced);
    return Map.of(
        StepClaimedPushes.PATH, new StepClaimedPushes(executor, shutdown, ports.log()),
        DeadLetterPushes.PATH, new DeadLetterPushes(deadLetters, shutdown, ports.log()));
  }

  /** Every report is looked for before it is made, so that this may be done. */
  private static void lookIntoBucket(
      WorkerConfig<ExecutorConfig> config, ExecutorAssembly.Ports ports) {
    GcsUri.parse("gs://" + config.own().artifacts().bucket() + "/warm-up")
        .ifPresent(ports.artifacts()::find);
  }

  private static ExecutorAssembly.Ports ports(
      WorkerConfig<ExecutorConfig> config,
      Telemetry telemetry,
      LLMClient model,
      FirestoreDocumentStore firestoreDocuments,
      EventLogger log) {
    var documents = telemetry.documents(firestoreDocuments);
    var firestore = config.firestore();
    var registry = config.own().registry();
    var collections = new FirestoreCollections(firestore.flowRuns(), firestore.stepLeases());
    var clock = InstantSource.system();
    return new ExecutorAssembly.Ports(
        new FirestoreFlowRunRepository(documents, collections),
        new FirestoreLeaseRepository(documents, collections),
        new FirestorePromptRepository(documents, registry.prompts(), clock),
        new FirestoreSchemaRepository(documents, registry.schemas(), clock),
        artifacts(config, telemetry),
        model,
        log);
  }

  private static ArtifactStore artifacts(WorkerConfig<ExecutorConfig> config, Telemetry telemetry) {
    ArtifactStore artifacts =
        GcsArtifactStore.connect(
            config.service().project(), config.emulators().storage().emulatorHost());
    return telemetry.traced(artifacts, TracedArtifactStore::new);
  }

  private static ExecutorAssembly.Settings settings(WorkerConfig<ExecutorConfig> config) {
    var own = config.own();
    var llm = own.llm();
    return new ExecutorAssembly.Settings(
        own.artifacts().paths(),
        own.limits(),
        config.lease(),
        own.delivery(),
        own.budget(),
        new ExecutorAssembly.ModelAccess(
            llm.allowedModels()::allows, llm.mode().authMode(), llm.maxAttempts()),
        own.rawOutput());
  }

  private static ExecutorAssembly.Surroundings surroundings(
      Draining draining, Telemetry telemetry) {
    var random = new SecureRandom();
    var heartbeats =
        new ScheduledThreadPoolExecutor(
            HEARTBEAT_THREADS, Thread.ofVirtual().name("heartbeat-", 0).factory());
    // Or a heartbeat that is no longer needed holds on to its step until it would have been due.
    heartbeats.setRemoveOnCancelPolicy(true);
    return new ExecutorAssembly.Surroundings(
        InstantSource.system(),
        random,
        new ThreadSleeper(draining.cancellation()),
        telemetry.carried(new ScheduledTicker(heartbeats), TracedTicker::new),
        telemetry.carried(forks(), TracedForks::new),
        new ExecutorIds(random));
  }

  private static Forks forks() {
    return new ThreadForks(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("fork-", 0).factory()));
  }
}
