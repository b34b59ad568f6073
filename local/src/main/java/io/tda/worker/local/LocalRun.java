package io.tda.worker.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.adapter.directory.DirectoryArtifactStore;
import io.tda.worker.adapter.memory.Change;
import io.tda.worker.adapter.telemetry.Telemetry;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.executor.ExecutorAssembly;
import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowRunParser;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.flow.StepStatus;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.json.DocumentJson;
import io.tda.worker.llm.LLMClient;
import io.tda.worker.local.runtime.CountingEventLogger;
import io.tda.worker.local.runtime.EmbeddedRuntime;
import io.tda.worker.local.runtime.Redelivery;
import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Executes one step of a run that lies in files, from its event to its report, in this process. The
 * files of the run are only read.
 */
final class LocalRun {
  /** One delivery: nobody waits at a terminal for a redelivery in ten minutes. */
  private static final Redelivery REDELIVERY =
      new Redelivery(Duration.ofMillis(100), Duration.ofSeconds(1), 3);

  private final Files files;
  private final LLMClient model;
  private final ExecutorAssembly.Settings settings;
  private final CountingEventLogger log;
  private final InstantSource clock;
  private final Telemetry telemetry;

  /**
   * Where everything is.
   *
   * @param flowRun the run's document
   * @param documents holds {@code llm_prompts/} and {@code llm_schemas/}
   * @param artifacts holds {@code <bucket>/<object>}; the report goes there as well
   */
  record Files(Path flowRun, Path documents, Path artifacts) {}

  LocalRun(
      Files files,
      LLMClient model,
      ExecutorAssembly.Settings settings,
      CountingEventLogger log,
      InstantSource clock,
      Telemetry telemetry) {
    this.files = files;
    this.model = model;
    this.settings = settings;
    this.log = log;
    this.clock = clock;
    this.telemetry = telemetry;
  }

  /**
   * Executes the step.
   *
   * @param wanted null for the one that the dispatcher would choose
   * @throws CliException for a document that cannot be used
   */
  LocalRunResult execute(@Nullable StepId wanted) {
    return execute(wanted, _ -> {});
  }

  /** Executes the step, and tells the observer of every change of a document. */
  LocalRunResult execute(@Nullable StepId wanted, Consumer<Change> observer) {
    var started = clock.instant();
    var document = InputFiles.object(files.flowRun());
    var run = parse(document);
    return switch (StepChoice.of(run, wanted)) {
      case StepChoice.Unknown() ->
          throw new CliException(
              ExitCode.USAGE, "--step-id: " + files.flowRun() + " has no step of this id");
      case StepChoice.Nothing(var reason) ->
          new LocalRunResult.NothingToDo(run.id(), reason, log.counts(), since(started));
      case StepChoice.Chosen(var step) -> execute(run, step, document, started, observer);
    };
  }

  private LocalRunResult execute(
      FlowRun run, StepId step, ObjectNode document, Instant started, Consumer<Change> observer) {
    var artifacts = artifacts();
    var ports = new EmbeddedRuntime.Ports(artifacts, model, log);
    var options = new EmbeddedRuntime.Options(settings, REDELIVERY, 1, 1);
    try (var runtime = EmbeddedRuntime.start(ports, options, clock, telemetry)) {
      registry(runtime, EmbeddedRuntime.PROMPTS);
      registry(runtime, EmbeddedRuntime.SCHEMAS);
      runtime.store().onChange(observer);
      var ended = new CompletableFuture<FlowStep>();
      runtime
          .store()
          .onChange(change -> change.after().ifPresent(after -> check(after, run, step, ended)));
      put(runtime, runRef(run.id()), DocumentJson.toMap(heldBack(document, run, step)));
      return result(run.id(), await(ended), started);
    }
  }

  private DirectoryArtifactStore artifacts() {
    try {
      return DirectoryArtifactStore.open(files.artifacts());
    } catch (IOException e) {
      throw CliException.badInput(files.artifacts(), "is no folder that can be used");
    }
  }

  private FlowRun parse(ObjectNode document) {
    var runId =
        RunId.parse(document.path("runId").asText(""))
            .orElseThrow(
                () -> CliException.badInput(files.flowRun(), "/runId: run id " + RunId.RULE));
    return switch (FlowRunParser.parse(runId, DocumentJson.toMap(document))) {
      case FlowRunParser.Result.Parsed(var run) -> run;
      case FlowRunParser.Result.Invalid(var violations) ->
          throw CliException.badInput(
              files.flowRun(),
              violations.getFirst()
                  + (violations.size() > 1 ? " (and " + (violations.size() - 1) + " more)" : ""));
    };
  }

  /** One execution pays for one report: other READY steps wait for another call of the command. */
  private static ObjectNode heldBack(ObjectNode document, FlowRun run, StepId chosen) {
    var copy = document.deepCopy();
    run.steps().values().stream()
        .filter(step -> StepChoice.isHeldBack(step, chosen))
        .forEach(step ->
            ((ObjectNode) copy.path("steps").path(step.id().value()))
                .put("status", StepStatus.PENDING.name()));
    return copy;
  }

  private void registry(EmbeddedRuntime runtime, String collection) {
    for (var file : InputFiles.jsonFiles(files.documents().resolve(collection))) {
      var name = String.valueOf(file.getFileName());
      var id = name.substring(0, name.length() - ".json".length());
      put(runtime, new DocumentRef(collection, id), DocumentJson.toMap(InputFiles.object(file)));
    }
  }

  private static void put(EmbeddedRuntime runtime, DocumentRef ref, Map<String, Object> data) {
    runtime.store().commit(List.of(new Write.Set(ref, data, new Precondition.None())));
  }

  private static DocumentRef runRef(RunId id) {
    return new DocumentRef(EmbeddedRuntime.RUNS, id.value());
  }

  private static void check(
      Document document, FlowRun run, StepId step, CompletableFuture<FlowStep> ended) {
    if (document.ref().equals(runRef(run.id()))
        && FlowRunParser.parse(run.id(), document.data())
            instanceof FlowRunParser.Result.Parsed(var current)) {
      current.step(step).filter(it -> it.status().isFinal()).ifPresent(ended::complete);
    }
  }

  private FlowStep await(CompletableFuture<FlowStep> ended) {
    try {
      return ended.get(settings.budget().invocation().toSeconds() + 10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new CliException(ExitCode.SOFTWARE, "the step did not end within its time budget");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException(ExitCode.SOFTWARE, "interrupted");
    }
  }

  private LocalRunResult result(RunId run, FlowStep step, Instant started) {
    var execution = map(map(step.fields().get("outputs")).get("execution"));
    return new LocalRunResult.Ended(
        run, step.id(), ending(step), execution, log.counts(), since(started));
  }

  private LocalRunResult.Ending ending(FlowStep step) {
    if (step.status() == StepStatus.SUCCEEDED) {
      var report =
          GcsUri.parse(String.valueOf(step.output("gcs_uri")))
              .orElseThrow(() -> new IllegalStateException("SUCCEEDED without a report"));
      var file = files.artifacts().resolve(report.bucket()).resolve(report.name());
      return new LocalRunResult.Ending.Succeeded(report, file);
    }
    var error = map(step.fields().get("error"));
    return new LocalRunResult.Ending.Failed(
        String.valueOf(error.get("code")),
        String.valueOf(error.get("message")),
        map(error.get("details")));
  }

  @SuppressWarnings("unchecked") // the keys of a document's maps are strings
  private static Map<String, Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  private Duration since(Instant started) {
    return Duration.between(started, clock.instant());
  }
}
