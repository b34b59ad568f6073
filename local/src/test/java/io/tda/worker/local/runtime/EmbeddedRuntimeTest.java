package io.tda.worker.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.adapter.directory.DirectoryArtifactStore;
import io.tda.worker.artifact.ArtifactPathPolicy;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.config.DeliveryConfig;
import io.tda.worker.config.LeaseConfig;
import io.tda.worker.config.Limits;
import io.tda.worker.config.RawOutputCapture;
import io.tda.worker.executor.ExecutorAssembly;
import io.tda.worker.executor.adapter.gemini.FixtureLLMClient;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.json.DocumentJson;
import io.tda.worker.json.StrictJson;
import io.tda.worker.llm.LLMClient;
import io.tda.worker.log.RecordingEventLogger;
import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import io.tda.worker.time.TimeBudgetPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one-process runtime loses no step: not to a dead letter, a dead executor, a lost lease. */
final class EmbeddedRuntimeTest {
  private static final Path VECTOR =
      Path.of("..", "contracts", "test-vectors", "success").toAbsolutePath().normalize();
  private static final String RUN = "20251224-061000_LINKUSDT_vec01";
  private static final String STEP = "llm_report:4h:LINKUSDT";
  private static final Duration SOON = Duration.ofMillis(20);

  @TempDir private Path folder;
  private final RecordingEventLogger log = new RecordingEventLogger();
  private DirectoryArtifactStore artifacts;

  @BeforeEach
  void artifacts() throws IOException {
    artifacts = DirectoryArtifactStore.open(folder);
    var source = VECTOR.resolve("artifacts").resolve("demo-artifacts");
    try (var files = Files.walk(source)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var uri = new GcsUri("demo-artifacts", source.relativize(file).toString());
        var _ = artifacts.create(uri, Files.readAllBytes(file), "application/json", Map.of());
      }
    }
  }

  @Test
  void deadLetter_endsTheStep_whenTheModelNeverAnswers() throws Exception {
    LLMClient failing =
        (_, _, _) -> {
          throw new StepException(StepError.of(ErrorCode.GEMINI_REQUEST_FAILED, "unavailable"));
        };

    assertThat(endOfStep(failing, json("flow_run.json"), Map.of()))
        .contains("status=FAILED", "code=GEMINI_REQUEST_FAILED");
    assertThat(log.names()).contains("claim_dead_lettered");
  }

  @Test
  void sweep_bringsTheStepBack_whenItsExecutorDied() throws Exception {
    assertThat(endOfStep(new FixtureLLMClient(VECTOR.resolve("fixtures")), running(), lease()))
        .contains("status=SUCCEEDED");
    assertThat(log.names()).contains("step_reclaimed");
  }

  @Test
  void reconcile_bringsTheStepBack_whenItsLeaseIsGone() throws Exception {
    assertThat(endOfStep(new FixtureLLMClient(VECTOR.resolve("fixtures")), running(), Map.of()))
        .contains("status=SUCCEEDED");
    assertThat(log.names()).contains("lease_missing");
  }

  private String endOfStep(LLMClient model, ObjectNode run, Map<String, Object> lease)
      throws Exception {
    var ports = new EmbeddedRuntime.Ports(artifacts, model, log);
    var options = new EmbeddedRuntime.Options(settings(), new Redelivery(SOON, SOON, 2), 0, 1);
    var pace = new EmbeddedRuntime.Pace(SOON, SOON);
    try (var runtime = EmbeddedRuntime.start(ports, options, InstantSource.system(), pace)) {
      put(runtime, EmbeddedRuntime.PROMPTS, "vector_prompt_v1", registered("llm_prompts"));
      put(runtime, EmbeddedRuntime.SCHEMAS, "llm_report_output_v1", registered("llm_schemas"));
      var ended = new CompletableFuture<String>();
      runtime.store().onChange(change -> change.after().ifPresent(after -> check(after, ended)));
      if (!lease.isEmpty()) {
        put(runtime, "step_leases", RUN + "~" + STEP, lease);
      }
      put(runtime, EmbeddedRuntime.RUNS, RUN, DocumentJson.toMap(run));
      return ended.get(30, TimeUnit.SECONDS);
    }
  }

  private static void check(Document document, CompletableFuture<String> ended) {
    if (document.data().get("steps") instanceof Map<?, ?> steps
        && steps.get(STEP) instanceof Map<?, ?> step
        && List.<Object>of("SUCCEEDED", "FAILED").contains(String.valueOf(step.get("status")))) {
      ended.complete(step.toString());
    }
  }

  private static ObjectNode running() throws IOException {
    var run = json("flow_run.json");
    ((ObjectNode) run.path("steps").path(STEP)).put("status", "RUNNING");
    return run;
  }

  private static Map<String, Object> lease() {
    var past = Instant.now().minusSeconds(600);
    return Map.ofEntries(
        Map.entry("runId", RUN),
        Map.entry("stepId", STEP),
        Map.entry("stepType", "LLM_REPORT"),
        Map.entry("claimId", "00000000-0000-7000-8000-000000000001"),
        Map.entry("attempt", 1L),
        Map.entry("eventId", "event-1"),
        Map.entry("claimedAt", past),
        Map.entry("state", "EXECUTING"),
        Map.entry("executorId", "dead"),
        Map.entry("expiresAt", past),
        Map.entry("termSeconds", 60L),
        Map.entry("deliveries", 1L),
        Map.entry("modelCalls", 0L));
  }

  private static ExecutorAssembly.Settings settings() {
    return new ExecutorAssembly.Settings(
        ArtifactPathPolicy.of("demo-artifacts", "").orElseThrow(),
        Limits.DEFAULT,
        new LeaseConfig(
            Duration.ofSeconds(60),
            Duration.ofMinutes(15),
            Duration.ofSeconds(60),
            3,
            Duration.ofHours(24)),
        new DeliveryConfig(10, 4),
        new TimeBudgetPolicy(
            Duration.ofSeconds(590), Duration.ofSeconds(120), Duration.ofSeconds(450)),
        new ExecutorAssembly.ModelAccess(_ -> true, "mock", 1),
        new RawOutputCapture.Off());
  }

  private static void put(
      EmbeddedRuntime runtime, String collection, String id, Map<String, Object> fields) {
    var ref = new DocumentRef(collection, id);
    runtime.store().commit(List.of(new Write.Set(ref, fields, new Precondition.None())));
  }

  private static Map<String, Object> registered(String collection) throws IOException {
    try (var files = Files.list(VECTOR.resolve(collection))) {
      return DocumentJson.toMap(
          json(VECTOR.relativize(files.findFirst().orElseThrow()).toString()));
    }
  }

  private static ObjectNode json(String name) throws IOException {
    if (StrictJson.parse(Files.readAllBytes(VECTOR.resolve(name)))
            instanceof StrictJson.Result.Parsed(var value)
        && value instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalStateException(name + " is no JSON object");
  }
}
