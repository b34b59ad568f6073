package io.tda.worker.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.adapter.telemetry.RecordedTelemetry;
import io.tda.worker.json.DocumentJson;
import io.tda.worker.log.CloudLoggingEventLogger;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.FieldGate;
import io.tda.worker.log.LogOrigin;
import io.tda.worker.log.SecretMask;
import io.tda.worker.log.Severity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plants words where prompts, payloads and answers are, executes, and looks for them everywhere
 * else.
 */
final class NoLeakTest {
  private static final String PROMPT = "CANARY-PROMPT-PHRASE";
  private static final String PAYLOAD = "CANARY-PAYLOAD-0001";
  private static final String OUTPUT = "CANARY-OUTPUT-PHRASE";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "success",
        "repaired",
        "invalid-output-missing-required",
        "invalid-output-truncated",
        "invalid-output-duplicate-key",
        "safety-block",
        "malformed-prompt",
        "missing-fixture"
      })
  void execution_leavesNoWordOfPromptPayloadOrOutput_outsideTheirPlaces(String name)
      throws IOException {
    var vector = Contracts.copy(Contracts.file("test-vectors", name), folder.resolve(name));
    plant(vector);
    var lines = new ByteArrayOutputStream();
    var documents = new CopyOnWriteArrayList<String>();
    var recorded = new RecordedTelemetry();
    var files =
        new LocalRun.Files(vector.resolve("flow_run.json"), vector, vector.resolve("artifacts"));
    try (var execution =
        LocalExecution.of(Map.of(), LocalExecution.Mode.MOCK, vector.resolve("fixtures"))) {
      var result =
          execution
              .prepare(files, jsonLogger(lines), recorded.telemetry())
              .execute(
                  null,
                  change -> {
                    if (change.ref().collection().startsWith("flow_")
                        || change.ref().collection().startsWith("step_")) {
                      change
                          .after()
                          .ifPresent(
                              it -> documents.add(DocumentJson.toJson(it.data()).toString()));
                    }
                  });
      assertThat(lines.toString(UTF_8)).contains("step_claimed_received");
      assertThat(recorded.ended()).isNotEmpty();
      assertThat(
              lines.toString(UTF_8) + documents + RunSummary.json(result) + recorded.everything())
          .doesNotContain(PROMPT, PAYLOAD, OUTPUT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"success", "invalid-output-wrong-type", "missing-fixture"})
  void commandLine_printsNoneOfThemOnStderr(String name) throws IOException {
    var vector = Contracts.copy(Contracts.file("test-vectors", name), folder.resolve(name));
    plant(vector);
    var run = "--flow-run-path=" + vector.resolve("flow_run.json");
    var cli = Cli.run("--verbose", "run-local", run, "--output-summary=json");
    assertThat(cli.err()).contains("step_claimed_received");
    assertThat(cli.err() + cli.out()).doesNotContain(PROMPT, PAYLOAD, OUTPUT);
  }

  private static EventLogger jsonLogger(ByteArrayOutputStream lines) {
    return new CloudLoggingEventLogger(
        new LogOrigin("test", LogOrigin.Component.EXECUTOR, "0", null),
        new FieldGate(new SecretMask(Set.of())),
        Severity.DEBUG,
        lines,
        InstantSource.system());
  }

  /** Into every text of prompts, candles and stored answers that a person could have written. */
  private static void plant(Path vector) throws IOException {
    var planted = 0;
    try (var all = Files.walk(vector)) {
      for (var file : all.filter(it -> it.toString().endsWith(".json")).toList()) {
        var text = Files.readString(file);
        var changed = planted(vector.relativize(file).toString(), text);
        planted += changed.equals(text) ? 0 : 1;
        Files.writeString(file, changed);
      }
    }
    assertThat(planted).as("files with a planted word").isGreaterThanOrEqualTo(2);
  }

  private static String planted(String file, String text) {
    if (file.startsWith("llm_prompts")) {
      return text.replaceAll(
          "(\"(?:systemInstruction|userPrompt)\"\\s*:\\s*\")", "$1" + PROMPT + " ");
    }
    if (file.startsWith("fixtures")) {
      return text.replaceAll("(\\\\\"markdown\\\\\"\\s*:\\s*\\\\\")", "$1" + OUTPUT + " ");
    }
    return file.contains("ohlcv")
        ? text.replaceFirst("\\{", "{\"note\":\"" + PAYLOAD + "\",")
        : text;
  }
}
