package io.tda.worker.local.runtime;

import io.tda.worker.adapter.firestore.FirestoreCollections;
import io.tda.worker.adapter.firestore.FirestoreFlowRunRepository;
import io.tda.worker.adapter.firestore.FirestoreLeaseRepository;
import io.tda.worker.adapter.firestore.FirestoreReconcileCursor;
import io.tda.worker.adapter.memory.InMemoryDocumentStore;
import io.tda.worker.adapter.telemetry.Telemetry;
import io.tda.worker.adapter.telemetry.TracedArtifactStore;
import io.tda.worker.adapter.telemetry.TracedTicker;
import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.dispatcher.DispatcherAssembly;
import io.tda.worker.dispatcher.EventHandler;
import io.tda.worker.dispatcher.ReconcileScope;
import io.tda.worker.dispatcher.StepClaimer;
import io.tda.worker.dispatcher.StepPublisher;
import io.tda.worker.dispatcher.adapter.telemetry.TracedEventHandler;
import io.tda.worker.dispatcher.adapter.telemetry.TracedStepPublisher;
import io.tda.worker.executor.Delivery;
import io.tda.worker.executor.DeliveryHandler;
import io.tda.worker.executor.DeliveryOutcome;
import io.tda.worker.executor.ExecutorAssembly;
import io.tda.worker.executor.Forks;
import io.tda.worker.executor.adapter.firestore.FirestorePromptRepository;
import io.tda.worker.executor.adapter.firestore.FirestoreSchemaRepository;
import io.tda.worker.executor.adapter.telemetry.TracedDeliveryHandler;
import io.tda.worker.executor.adapter.telemetry.TracedForks;
import io.tda.worker.executor.adapter.telemetry.TracedLLMClient;
import io.tda.worker.llm.LLMClient;
import io.tda.worker.log.EventLogger;
import io.tda.worker.message.StepClaimed;
import io.tda.worker.time.Cancellation;
import io.tda.worker.time.ScheduledTicker;
import io.tda.worker.time.ThreadSleeper;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Both services in one process, over an in-memory document store and queue: what a change of a run
 * does in the cloud, it does here, through the same code.
 *
 * <p>Documents are written and read through {@link #store()}; a write to a run raises its event.
 */
public final class EmbeddedRuntime implements AutoCloseable {
  /** The collections, by their default names. */
  public static final String RUNS = "flow_runs";

  private static final FirestoreCollections COLLECTIONS =
      new FirestoreCollections(RUNS, "step_leases");

  /** Prompts by id. */
  public static final String PROMPTS = "llm_prompts";

  /** Output schemas by id. */
  public static final String SCHEMAS = "llm_schemas";

  /** As in the cloud: every minute, and every hour. */
  private static final Pace PACE = new Pace(Duration.ofMinutes(1), Duration.ofHours(1));

  private static final int CLAIM_ATTEMPTS = 4;

  private final InMemoryDocumentStore store;
  private final ExecutorService workers;
  private final ScheduledExecutorService timer;
  private final Telemetry telemetry;
  private final Cancellation shutdown = new Cancellation();

  /** What the runtime does not bring along. */
  public record Ports(ArtifactStore artifacts, LLMClient model, EventLogger log) {}

  /**
   * How it behaves.
   *
   * @param workers threads that handle events and execute steps; 0 for a virtual thread each
   * @param maxClaimsPerEvent {@code MAX_CLAIMS_PER_EVENT}
   */
  public record Options(
      ExecutorAssembly.Settings executor,
      Redelivery redelivery,
      int workers,
      int maxClaimsPerEvent) {}

  /** How often what got stuck is looked for. */
  record Pace(Duration sweep, Duration reconcile) {}

  private EmbeddedRuntime(
      InMemoryDocumentStore store,
      ExecutorService workers,
      ScheduledExecutorService timer,
      Telemetry telemetry) {
    this.store = store;
    this.telemetry = telemetry;
    this.workers = workers;
    this.timer = timer;
  }

  /** Starts the runtime. */
  public static EmbeddedRuntime start(Ports ports, Options options, InstantSource clock) {
    return start(ports, options, clock, Telemetry.off());
  }

  /** Starts the runtime, with traces and metrics. */
  public static EmbeddedRuntime start(
      Ports ports, Options options, InstantSource clock, Telemetry telemetry) {
    return start(observed(ports, telemetry), options, clock, PACE, telemetry);
  }

  private static Ports observed(Ports ports, Telemetry telemetry) {
    return new Ports(
        telemetry.traced(ports.artifacts(), TracedArtifactStore::new),
        telemetry.traced(ports.model(), TracedLLMClient::new),
        telemetry.log(ports.log()));
  }

  static EmbeddedRuntime start(Ports ports, Options options, InstantSource clock, Pace pace) {
    return start(ports, options, clock, pace, Telemetry.off());
  }

  private static EmbeddedRuntime start(
      Ports ports, Options options, InstantSource clock, Pace pace, Telemetry telemetry) {
    var workers =
        options.workers() == 0
            ? Executors.newVirtualThreadPerTaskExecutor()
            : Executors.newFixedThreadPool(
                options.workers(), Thread.ofPlatform().daemon().name("worker-", 0).factory());
    var timer =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("timer").factory());
    // Or a heartbeat that is no longer needed holds on to its step until it would have been due.
    timer.setRemoveOnCancelPolicy(true);
    var runtime = new EmbeddedRuntime(new InMemoryDocumentStore(clock), workers, timer, telemetry);
    runtime.wire(ports, options, clock, pace);
    return runtime;
  }

  /** The documents. */
  public InMemoryDocumentStore store() {
    return store;
  }

  /** Stops what is under way: model calls are cancelled, leases released. */
  @Override
  public void close() {
    shutdown.cancel();
    workers.shutdown();
    timer.shutdownNow();
    try {
      if (!workers.awaitTermination(8, TimeUnit.SECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void wire(Ports ports, Options options, InstantSource clock, Pace pace) {
    var documents = telemetry.documents(store);
    var runs = new FirestoreFlowRunRepository(documents, COLLECTIONS);
    var leases = new FirestoreLeaseRepository(documents, COLLECTIONS);
    var random = RandomGenerator.getDefault();
    var executorNumbers = new AtomicLong();
    var executorPorts =
        new ExecutorAssembly.Ports(
            runs,
            leases,
            new FirestorePromptRepository(documents, PROMPTS, clock),
            new FirestoreSchemaRepository(documents, SCHEMAS, clock),
            ports.artifacts(),
            ports.model(),
            ports.log());
    var surroundings =
        new ExecutorAssembly.Surroundings(
            clock,
            random,
            new ThreadSleeper(),
            telemetry.carried(new ScheduledTicker(timer), TracedTicker::new),
            telemetry.carried(Forks.NONE, TracedForks::new),
            () -> "local-" + executorNumbers.incrementAndGet());
    DeliveryHandler executor =
        telemetry.traced(
            ExecutorAssembly.stepExecutor(executorPorts, options.executor(), surroundings),
            TracedDeliveryHandler::new);
    var deadLetters =
        new DeadLetters(
            ExecutorAssembly.deadLetterHandler(
                executorPorts,
                options.executor(),
                surroundings,
                handler -> telemetry.traced(handler, TracedDeliveryHandler::new)),
            options.redelivery(),
            workers,
            timer,
            shutdown);
    var topic =
        new InMemoryTopic(subscriber(executor, deadLetters), options.redelivery(), workers, timer);
    StepPublisher publisher = telemetry.traced(topic, TracedStepPublisher::new);
    dispatcher(
        new DispatcherAssembly.Ports(runs, leases, publisher, ports.log()), options, clock, pace);
  }

  private void dispatcher(
      DispatcherAssembly.Ports ports, Options options, InstantSource clock, Pace pace) {
    var leases = options.executor().leases();
    var terms = new StepClaimer.Terms(CLAIM_ATTEMPTS, leases.dispatchLease());
    var surroundings =
        new StepClaimer.Surroundings(clock, RandomGenerator.getDefault(), new ThreadSleeper());
    int maxClaims = options.maxClaimsPerEvent();
    EventHandler handler =
        telemetry.traced(
            DispatcherAssembly.eventHandler(ports, maxClaims, terms, surroundings),
            TracedEventHandler::new);
    var events = new EventSource(RUNS, handler, options.redelivery(), workers, timer);
    store.onChange(events::changed);
    var sweep = DispatcherAssembly.sweep(ports, leases, surroundings);
    every(pace.sweep(), () -> sweep.run(PACE.sweep()));
    var scope = ReconcileScope.all(new FirestoreReconcileCursor(store, COLLECTIONS));
    var reconcile = DispatcherAssembly.reconcile(ports, scope, maxClaims, terms, surroundings);
    every(pace.reconcile(), () -> reconcile.run(PACE.reconcile()));
  }

  /** Hands the action to the workers at this pace: the timer is for what takes no time. */
  private void every(Duration period, Runnable action) {
    var _ =
        timer.scheduleWithFixedDelay(
            () -> workers.execute(action),
            period.toMillis(),
            period.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private InMemoryTopic.Subscriber subscriber(DeliveryHandler executor, DeadLetters deadLetters) {
    return new InMemoryTopic.Subscriber() {
      @Override
      public InMemoryTopic.Answer deliver(StepClaimed message, Delivery delivery) {
        return switch (executor.execute(message, delivery, shutdown)) {
          case DeliveryOutcome.Finished _, DeliveryOutcome.Stale _, DeliveryOutcome.Cancelled _ ->
              InMemoryTopic.Answer.ACK;
          case DeliveryOutcome.InProgress _, DeliveryOutcome.Retry _ -> InMemoryTopic.Answer.NACK;
        };
      }

      @Override
      public void deadLetter(StepClaimed message, Delivery lastDelivery) {
        deadLetters.add(message, lastDelivery);
      }
    };
  }

  /** How long a lease is held here: nobody else could take it over. */
  public static final Duration LEASE = Duration.ofSeconds(60);
}
