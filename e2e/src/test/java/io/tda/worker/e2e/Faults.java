package io.tda.worker.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tda.worker.emulator.gemini.ModelReply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What can be wrong with a step so that it fails, and how it fails then. */
final class Faults {
  private static final String STEP = "report";
  private static final int TOO_LARGE = 70_000;

  private Faults() {}

  /**
   * A fault.
   *
   * @param what for people
   * @param plant puts it into a run that is whole otherwise
   * @param replies of the model, if it comes to that; each of them is asked for
   * @param told what the executor tells between the lease and the step's end
   */
  record Fault(
      String what,
      String code,
      BiConsumer<Stack, RunBuilder> plant,
      List<ModelReply> replies,
      List<String> told) {
    @Override
    public String toString() {
      return code + ": " + what;
    }
  }

  static Stream<Fault> ofInputs() {
    return Stream.of(
        input("a reference to no step", run -> set(run, "nobody", "ohlcvStepId")),
        input("no inputs", run -> run.remove("steps", STEP, "inputs")),
        input("a missing object", run -> run.withoutArtifact(run.candlesObject(STEP))),
        input(
            "an object that is too large",
            run -> run.artifact(run.candlesObject(STEP), candles("x".repeat(TOO_LARGE))),
            "context_json_too_large"),
        input(
            "an object that is no JSON",
            run -> run.artifact(run.candlesObject(STEP), Canary.CANDLES.word().getBytes(UTF_8)),
            "context_json_invalid line 1, column 1: an unknown word"),
        input(
            "a chart that is no image",
            run -> run.artifact(run.chartObject(STEP), Canary.CHART_IMAGE.word().getBytes(UTF_8))));
  }

  static Stream<Fault> ofTheRegistry() {
    return Stream.of(
        fault("no such prompt", "PROMPT_NOT_FOUND", (_, run) -> prompt(run, "prompt_nobody_v1")),
        fault(
            "a prompt without text",
            "PROMPT_INVALID",
            (stack, run) -> {
              stack
                  .platform()
                  .documents()
                  .put(Registry.PROMPTS, "prompt_empty_v1", Map.of("schemaVersion", 1));
              prompt(run, "prompt_empty_v1");
            }),
        fault("a hot profile", "LLM_PROFILE_INVALID", (_, run) -> profile(run, 3, "temperature")),
        fault(
            "a schema without a version",
            "LLM_PROFILE_INVALID",
            (_, run) -> profile(run, "latest", "structuredOutput", "schemaId")),
        fault(
            "no such schema",
            "LLM_PROFILE_INVALID",
            (_, run) -> profile(run, "llm_report_output_v77", "structuredOutput", "schemaId"),
            "structured_output_schema_invalid does not exist"));
  }

  static Stream<Fault> ofTheModel() {
    return Stream.of(
        model("LLM_PROFILE_INVALID", "failed", new ModelReply.Failed(400)),
        model("LLM_PROFILE_INVALID", "failed", new ModelReply.Failed(404)),
        model("LLM_AUTH_FAILED", "failed", new ModelReply.Failed(401)),
        model("LLM_AUTH_FAILED", "failed", new ModelReply.Failed(403)),
        model("LLM_SAFETY_BLOCK", "ok", new ModelReply.Withheld()),
        model("LLM_SAFETY_BLOCK", "blocked", new ModelReply.Blocked()));
  }

  static Stream<Fault> ofTheAnswer() {
    return Stream.of(
        new Fault(
            "cut at the limit",
            "INVALID_STRUCTURED_OUTPUT",
            (_, _) -> {},
            List.of(new ModelReply.Truncated()),
            List.of(
                "user_input_built",
                "llm_request_started",
                "llm_request_finished ok",
                "structured_output_invalid finish_reason")),
        twice("json_parse", new ModelReply.NotJson()),
        twice("json_parse", new ModelReply.Fenced()),
        twice("schema_validation", new ModelReply.Invalid()),
        twice("missing_text", new ModelReply.Silent()));
  }

  /** Those that would be tried again, were this not the last delivery. */
  static Stream<Fault> ofTheMoment() {
    return Stream.of(
        model("RATE_LIMITED", "rate_limited", new ModelReply.RateLimited(null)),
        model("RATE_LIMITED", "rate_limited", new ModelReply.RateLimited(Duration.ofMinutes(20))),
        model("GEMINI_REQUEST_FAILED", "failed", new ModelReply.Failed(503)),
        model("GEMINI_REQUEST_FAILED", "failed", new ModelReply.Dropped()),
        model("GEMINI_REQUEST_FAILED", "failed", new ModelReply.CutOff()));
  }

  private static Fault input(String what, Consumer<RunBuilder> plant, String... told) {
    return fault(what, "INVALID_STEP_INPUTS", (_, run) -> plant.accept(run), told);
  }

  private static Fault fault(
      String what, String code, BiConsumer<Stack, RunBuilder> plant, String... told) {
    return new Fault(what, code, plant, List.of(), List.of(told));
  }

  private static Fault model(String code, String status, ModelReply reply) {
    return new Fault(
        reply.toString(),
        code,
        (_, _) -> {},
        List.of(reply),
        List.of("user_input_built", "llm_request_started", "llm_request_finished " + status));
  }

  private static Fault twice(String kind, ModelReply reply) {
    return new Fault(
        reply + ", and again when asked to mend it",
        "INVALID_STRUCTURED_OUTPUT",
        (_, _) -> {},
        List.of(reply, reply),
        List.of(
            "user_input_built",
            "llm_request_started",
            "llm_request_finished ok",
            "structured_output_invalid " + kind,
            "structured_output_repair_attempt_started",
            "llm_request_started",
            "llm_request_finished ok",
            "structured_output_invalid " + kind,
            "structured_output_repair_attempt_finished"));
  }

  private static void set(RunBuilder run, Object value, String input) {
    run.set(value, "steps", STEP, "inputs", input);
  }

  private static void prompt(RunBuilder run, String promptId) {
    run.set(promptId, "steps", STEP, "inputs", "llm", "promptId");
  }

  private static void profile(RunBuilder run, Object value, String... path) {
    var whole =
        Stream.concat(Stream.of("steps", STEP, "inputs", "llm", "llmProfile"), Stream.of(path));
    run.set(value, whole.toArray(String[]::new));
  }

  private static byte[] candles(String note) {
    return "{\"note\":\"%s\"}".formatted(note).getBytes(UTF_8);
  }
}
