package io.tda.worker.bench;

import io.tda.worker.adapter.memory.Change;
import io.tda.worker.adapter.telemetry.Telemetry;
import io.tda.worker.id.RunId;
import io.tda.worker.local.runtime.EmbeddedRuntime;
import io.tda.worker.local.runtime.Redelivery;
import io.tda.worker.log.EventLogger;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Executes example steps in the one-process runtime, each in a run of its own. */
final class EmbeddedSteps implements AutoCloseable {
  private static final Redelivery REDELIVERY =
      new Redelivery(Duration.ofMillis(100), Duration.ofSeconds(1), 3);

  private final ExampleDocuments example;
  private final MemoryArtifacts artifacts;
  private final EmbeddedRuntime runtime;
  private final AtomicLong runs = new AtomicLong();
  private final Map<String, CompletableFuture<String>> underWay = new ConcurrentHashMap<>();

  private EmbeddedSteps(
      ExampleDocuments example, MemoryArtifacts artifacts, EmbeddedRuntime runtime) {
    this.example = example;
    this.artifacts = artifacts;
    this.runtime = runtime;
  }

  /**
   * Starts the runtime with a model that answers after a while.
   *
   * @param log takes the lines of both services
   */
  static EmbeddedSteps start(ExampleDocuments example, Duration modelLatency, EventLogger log) {
    return start(example, modelLatency, log, Telemetry.off());
  }

  /** Starts the runtime with traces and metrics. */
  static EmbeddedSteps start(
      ExampleDocuments example, Duration modelLatency, EventLogger log, Telemetry telemetry) {
    var artifacts = new MemoryArtifacts();
    example
        .artifacts()
        .forEach(it -> artifacts.create(it.uri(), it.content(), it.contentType(), Map.of()));
    var runtime =
        EmbeddedRuntime.start(
            new EmbeddedRuntime.Ports(
                artifacts, new FixedModel(example.answer(), modelLatency), log),
            new EmbeddedRuntime.Options(BenchSettings.executor(), REDELIVERY, 0, 1),
            InstantSource.system(),
            telemetry);
    var steps = new EmbeddedSteps(example, artifacts, runtime);
    steps.put(EmbeddedRuntime.PROMPTS, example.prompts());
    steps.put(EmbeddedRuntime.SCHEMAS, example.schemas());
    runtime.store().onChange(steps::changed);
    return steps;
  }

  /** Executes one step, from the write that makes it READY to the one that ends it. */
  void execute() throws Exception {
    var id = new RunId("bench-" + runs.incrementAndGet());
    var ended = new CompletableFuture<String>();
    underWay.put(id.value(), ended);
    put(EmbeddedRuntime.RUNS, Map.of(id.value(), example.run(id)));
    var status = ended.get(60, TimeUnit.SECONDS);
    if (!status.equals("SUCCEEDED")) {
      throw new IllegalStateException("the step ended " + status);
    }
    forget(id);
  }

  @Override
  public void close() {
    runtime.close();
  }

  private void changed(Change change) {
    if (change.ref().collection().equals(EmbeddedRuntime.RUNS)) {
      change
          .after()
          .ifPresent(run -> {
            var status = field(field(run.data(), "steps"), ExampleDocuments.STEP.value());
            if (field(status, "status") instanceof String text
                && (text.equals("SUCCEEDED") || text.equals("FAILED"))) {
              var ended = underWay.remove(change.ref().id());
              if (ended != null) {
                ended.complete(text);
              }
            }
          });
    }
  }

  private static Object field(Object map, String name) {
    var value = map instanceof Map<?, ?> fields ? fields.get(name) : null;
    return value == null ? "" : value;
  }

  /** So that a long load does not fill the memory. */
  private void forget(RunId id) {
    var run = new DocumentRef(EmbeddedRuntime.RUNS, id.value());
    runtime.store().commit(List.of(new Write.Delete(run, new Precondition.None())));
    artifacts.forget(ExampleDocuments.report(id));
  }

  private void put(String collection, Map<String, Map<String, Object>> documents) {
    documents.forEach((id, data) ->
        runtime
            .store()
            .commit(
                List.of(
                    new Write.Set(
                        new DocumentRef(collection, id), data, new Precondition.None()))));
  }
}
