package io.tda.worker.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Input that cannot be used: one line that says what and where, exit code 65, nothing written. */
final class BadInputTest {
  @TempDir private Path folder;
  private Path run = Path.of("");

  @BeforeEach
  void copyExample() {
    Contracts.copy(Contracts.file("example-run"), folder);
    run = folder.resolve("flow_run.json");
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("", "empty"),
        Arguments.of("{\"runId\": ", "line 1"),
        Arguments.of("{\"runId\": \"a\", \"runId\": \"b\"}", "duplicate key"),
        Arguments.of("[]", "must be an object"),
        Arguments.of("{} {}", "line 1"),
        Arguments.of("[".repeat(10_000), "nested deeper"),
        Arguments.of("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000), "nested deeper"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void text_thatIsNoRun(String text, String reason) throws IOException {
    Files.writeString(run, text);
    assertRefused(reason);
  }

  @Test
  void bytes_thatAreNotUtf8() throws IOException {
    Files.write(run, new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});
    assertRefused("UTF-8");
  }

  @Test
  void file_thatDoesNotExist() throws IOException {
    Files.delete(run);
    assertRefused("does not exist");
  }

  @Test
  void directory_inTheFilesPlace() throws IOException {
    Files.delete(run);
    Files.createDirectory(run);
    assertRefused("is a directory");
  }

  @ParameterizedTest
  @CsvSource({
    "/runId, 7",
    "/runId, \"a b\"",
    "/status, 7",
    "/status, \"ASLEEP\"",
    "/steps, []",
    "/steps, null",
  })
  void field_ofTheWrongType(String pointer, String value) throws IOException {
    var document = InputFiles.object(run);
    Files.writeString(run, withRaw(document, pointer.substring(1), value));
    assertRefused(pointer);
  }

  @ParameterizedTest
  @CsvSource({"a.b", "a/b", "'a b'", "__a__"})
  void stepId_thatIsNotSafe(String id) throws IOException {
    var document = InputFiles.object(run);
    ((ObjectNode) document.path("steps")).putObject(id).put("status", "PENDING");
    Files.writeString(run, document.toString());
    assertRefused("step id");
  }

  @Test
  void prompt_thatIsBrokenJson() throws IOException {
    var prompt = folder.resolve("llm_prompts").resolve("broken.json");
    Files.writeString(prompt, "{");
    assertThat(refused().err()).contains("broken.json");
  }

  @Test
  void fileInTheArtifactFoldersPlace_failsTheStep_andLeavesNothing() throws IOException {
    var report = folder.resolve("artifacts/demo-artifacts/20251224-061000_LINKUSDT_demo92/4h");
    Files.createDirectories(report.getParent());
    Files.writeString(report, "in the way");
    var cli = Cli.run("run-local", "--flow-run-path=" + run, "--output-summary=json");
    assertThat(cli.exitCode()).isEqualTo(1);
    assertThat(cli.out()).contains("GCS_");
    assertThat(report).hasContent("in the way");
  }

  @Test
  void tenThousandSteps_areNoProblem() throws IOException {
    var document = InputFiles.object(run);
    for (int i = 0; i < 10_000; i++) {
      ((ObjectNode) document.path("steps"))
          .putObject("filler_" + i)
          .put("stepType", "LLM_REPORT")
          .put("status", "SUCCEEDED");
    }
    Files.write(run, document.toString().getBytes(UTF_8));
    assertThat(Cli.run("run-local", "--flow-run-path=" + run).exitCode()).isZero();
  }

  @Test
  void fiveMegabytes_areReadAndJudged() throws IOException {
    var document = InputFiles.object(run);
    document.put("note", "x".repeat(5_000_000));
    Files.writeString(run, document.toString());
    assertThat(Cli.run("run-local", "--flow-run-path=" + run).exitCode()).isZero();
  }

  private static String withRaw(ObjectNode document, String field, String json) {
    document.put(field, "@@@");
    return document.toString().replace("\"@@@\"", json);
  }

  private void assertRefused(String reason) {
    assertThat(refused().err()).contains("flow_run.json").contains(reason);
  }

  private Cli refused() {
    var cli = Cli.run("run-local", "--flow-run-path=" + run);
    assertThat(cli.exitCode()).isEqualTo(65);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(folder.resolve("artifacts/demo-artifacts/20251224-061000_LINKUSDT_demo92/4h"))
        .doesNotExist();
    return cli;
  }
}
