package io.tda.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.flow.FlowStep.Dependencies;
import io.tda.worker.id.StepId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlowStepTest {

  @Test
  void dependencies_areEmpty_whenTheFieldIsMissing() {
    assertThat(step(Map.of()).dependencies()).isEqualTo(new Dependencies.Named(List.of()));
  }

  @Test
  void dependencies_keepTheirOrder() {
    assertThat(step(Map.of("dependsOn", List.of("b", "a"))).dependencies())
        .isEqualTo(new Dependencies.Named(List.of("b", "a")));
  }

  static List<Object> notListsOfText() {
    return List.of("a", Map.of("a", true), 1L, List.of("a", 1L), Arrays.asList("a", null));
  }

  @ParameterizedTest
  @MethodSource("notListsOfText")
  void dependencies_areMalformed_whenTheyAreNoListOfText(Object value) {
    assertThat(step(Map.of("dependsOn", value)).dependencies())
        .isEqualTo(
            new Dependencies.Malformed(
                new Violation("/steps/a:b/dependsOn", "must be a list of step ids")));
  }

  @Test
  void output_isTheText_orNullForAnythingElse() {
    var step = step(Map.of("outputs", Map.of("gcs_uri", "gs://bucket/x", "other", 1L)));

    assertThat(step.output("gcs_uri")).isEqualTo("gs://bucket/x");
    assertThat(step.output("other")).isNull();
    assertThat(step.output("missing")).isNull();
    assertThat(step(Map.of("outputs", "gs://bucket/x")).output("gcs_uri")).isNull();
  }

  private static FlowStep step(Map<String, Object> fields) {
    return new FlowStep(new StepId("a:b"), FlowStep.LLM_REPORT, StepStatus.READY, fields);
  }
}
