package io.tda.worker.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which values are read from {@code terraform.tfvars}. */
final class TerraformVariablesTest {

  static Stream<Path> filesOfThisCheckout() throws IOException {
    try (var files = Files.walk(Path.of("..", "terraform"))) {
      return files.filter(file -> file.toString().endsWith(".tfvars")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("filesOfThisCheckout")
  void everyFileOfThisCheckout_isUnderstood(Path file) throws IOException {
    assertThat(TerraformVariables.parse(Files.readString(file)))
        .hasValueSatisfying(values -> assertThat(values).containsKeys("project_id", "artifacts"));
  }

  @Test
  void values_areReadAsTheyAreWritten() {
    var text =
        """
        # a note
        project_id = "p-1" // another
        firestore = {
          database    = "d"
          collections = { "flow_runs" : "runs", llm_prompts = "prompts" }
        }
        gemini = { allowed_models = ["a", "b*",], none = [] }
        days = 30
        ratio = -0.5
        on = true
        """;

    assertThat(TerraformVariables.parse(text))
        .hasValue(
            Map.of(
                "project_id", "p-1",
                "firestore",
                    Map.of(
                        "database",
                        "d",
                        "collections",
                        Map.of("flow_runs", "runs", "llm_prompts", "prompts")),
                "gemini", Map.of("allowed_models", List.of("a", "b*"), "none", List.of()),
                "days", "30",
                "ratio", "-0.5",
                "on", "true"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a =", "a = {", "a = [", "a = }", "} a = 1", "a = \"x", "a = 1 + b"})
  void whatIsNotUnderstood_isNotGuessed(String text) {
    assertThat(TerraformVariables.parse(text)).isEmpty();
  }

  @Test
  void nothing_isNoValues() {
    assertThat(TerraformVariables.parse("\n# nothing\n")).hasValue(Map.of());
  }
}
