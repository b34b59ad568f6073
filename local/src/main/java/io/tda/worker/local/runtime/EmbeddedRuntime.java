package io.tda.worker.local.runtime;

import io.tda.worker.adapter.firestore.FirestoreCollections;
import io.tda.worker.adapter.firestore.FirestoreFlowRunRepository;
import io.tda.worker.adapter.firestore.FirestoreLeaseRepository;
import io.tda.worker.adapter.memory.InMemoryDocumentStore;
import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.dispatcher.DispatcherAssembly;
import io.tda.worker.dispatcher.StepClaimer;
import io.tda.worker.executor.Delivery;
import io.tda.worker.executor.DeliveryOutcome;
import io.tda.worker.executor.ExecutorAssembly;
import io.tda.worker.executor.Forks;
import io.tda.worker.executor.StepExecutor;
import io.tda.worker.executor.adapter.firestore.FirestorePromptRepository;
import io.tda.worker.executor.adapter.firestore.FirestoreSchemaRepository;
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

  private static final String LEASES = "step_leases";

  /** Prompts by id. */
  public static final String PROMPTS = "llm_prompts";

  /** Output schemas by id. */
  public static final String SCHEMAS = "llm_schemas";

  private final InMemoryDocumentStore store;
  private final ExecutorService workers;
  private final ScheduledExecutorService timer;
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

  private EmbeddedRuntime(
      InMemoryDocumentStore store, ExecutorService workers, ScheduledExecutorService timer) {
    this.store = store;
    this.workers = workers;
    this.timer = timer;
  }

  /** Starts the runtime. */
  public static EmbeddedRuntime start(Ports ports, Options options, InstantSource clock) {
    var workers =
        options.workers() == 0
            ? Executors.newVirtualThreadPerTaskExecutor()
            : Executors.newFixedThreadPool(
                options.workers(), Thread.ofPlatform().daemon().name("worker-", 0).factory());
    var timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("timer").factory());
    var runtime = new EmbeddedRuntime(new InMemoryDocumentStore(clock), workers, timer);
    runtime.wire(ports, options, clock);
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

  private void wire(Ports ports, Options options, InstantSource clock) {
    var collections = new FirestoreCollections(RUNS, LEASES);
    var runs = new FirestoreFlowRunRepository(store, collections);
    var leases = new FirestoreLeaseRepository(store, collections);
    var random = RandomGenerator.getDefault();
    var executorNumbers = new AtomicLong();
    var executor =
        ExecutorAssembly.stepExecutor(
            new ExecutorAssembly.Ports(
                runs,
                leases,
                new FirestorePromptRepository(store, PROMPTS, clock),
                new FirestoreSchemaRepository(store, SCHEMAS, clock),
                ports.artifacts(),
                ports.model(),
                ports.log()),
            options.executor(),
            new ExecutorAssembly.Surroundings(
                clock,
                random,
                new ThreadSleeper(),
                new ScheduledTicker(timer),
                Forks.NONE,
                () -> "local-" + executorNumbers.incrementAndGet()));
    var topic = new InMemoryTopic(subscriber(executor), options.redelivery(), workers, timer);
    var handler =
        DispatcherAssembly.eventHandler(
            new DispatcherAssembly.Ports(runs, leases, topic, ports.log()),
            options.maxClaimsPerEvent(),
            new StepClaimer.Terms(4, options.executor().leases().dispatchLease()),
            new StepClaimer.Surroundings(clock, random, new ThreadSleeper()));
    var events = new EventSource(RUNS, handler, options.redelivery(), workers, timer);
    store.onChange(events::changed);
  }

  private InMemoryTopic.Subscriber subscriber(StepExecutor executor) {
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
        // The last delivery has finalized the step, or its lease will end: there is no sweep here.
      }
    };
  }

  /** How long a lease is held here: nobody else could take it over. */
  public static final Duration LEASE = Duration.ofSeconds(60);
}
