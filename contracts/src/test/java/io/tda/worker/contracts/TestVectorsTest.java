package io.tda.worker.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TestVectorsTest {
  private static final Path VECTORS = ContractFiles.ROOT.resolve("test-vectors");
  private static final Set<String> OVERSIZE = Set.of("oversize-ohlcv", "oversize-chart");

  static Stream<RunFolder> vectors() {
    return ContractFiles.foldersIn(VECTORS).stream().map(RunFolder::new);
  }

  /** The vectors in which a patch is written. */
  static Stream<RunFolder> patchingVectors() {
    return vectors().filter(vector -> expected(vector).path("exitStatus").asInt() <= 1);
  }

  @Test
  void everyOutcomeThatTheSpecificationNames_hasAVector() {
    var names = vectors().map(RunFolder::toString).toList();

    assertThat(names)
        .contains("success", "missing-prompt", "unknown-schema", "unknown-dependency", "repaired")
        .contains("invalid-output-truncated", "invalid-output-missing-required")
        .contains("invalid-output-wrong-type", "safety-block", "noop-blocked")
        .containsAll(OVERSIZE);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void everyVector_saysWhatItShowsAndWhatIsExpected(RunFolder vector) {
    var expected = expected(vector);
    var step = vector.step(expected.path("stepId").asText());

    assertThat(vectorJson(vector).path("description").asText()).endsWith(".");
    assertThat(step.path("stepType").asText()).isEqualTo("LLM_REPORT");
    assertThat(expected.path("modelCalls").isInt()).isTrue();
    switch (expected.path("exitStatus").asInt()) {
      case 0 -> assertThat(expected.path("status").asText()).isEqualTo("SUCCEEDED");
      case 1 -> assertThat(expected.path("status").asText()).isEqualTo("FAILED");
      default -> assertThat(expected.path("status")).isEqualTo(step.path("status"));
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void everyDocument_meetsItsContractUnlessTheVectorSaysOtherwise(RunFolder vector) {
    var broken = texts(vectorJson(vector).path("invalidDocuments"));
    var found =
        vector.documents().entrySet().stream()
            .filter(document ->
                !Contract.named(document.getValue())
                    .violations(ContractFiles.json(vector.path().resolve(document.getKey())))
                    .isEmpty())
            .map(document -> document.getKey())
            .collect(Collectors.toSet());

    assertThat(found).isEqualTo(broken);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void everyObject_isThereUnlessTheVectorSaysOtherwise(RunFolder vector) {
    var missing = vector.uris().filter(uri -> !vector.has(uri)).collect(Collectors.toSet());

    assertThat(missing).isEqualTo(texts(vectorJson(vector).path("missingObjects")));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void everyObject_isWithinItsLimitExceptByOneByte(RunFolder vector) {
    var tooLarge = vector.objects().filter(object -> !RunFolder.isWithinLimit(object)).toList();

    assertThat(tooLarge).hasSize(OVERSIZE.contains(vector.toString()) ? 1 : 0);
    for (var object : tooLarge) {
      assertThat((long) ContractFiles.bytes(object).length)
          .isIn(RunFolder.MAX_JSON_BYTES + 1, RunFolder.MAX_IMAGE_BYTES + 1);
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void everySchema_carriesItsHash(RunFolder vector) {
    for (var file : ContractFiles.filesIn(vector.path().resolve("llm_schemas"))) {
      var schema = ContractFiles.json(file);

      assertThat(schema.path("sha256").asText())
          .isEqualTo(Sha256.ofCanonical(schema.path("jsonSchema")));
      assertThat(file).hasFileName(schema.path("schemaId").asText() + ".json");
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void everyFixture_isAnAnswerOrAnError(RunFolder vector) {
    for (var file : vector.fixtures()) {
      var fixture = ContractFiles.json(file);
      boolean isError = file.toString().endsWith("__429_RATE_LIMITED.json");

      assertThat(file.getFileName().toString())
          .matches("[^_]+__\\w+?__\\w+?__LINKUSDT__\\w+?(__repair|__429_RATE_LIMITED)?\\.json");
      assertThat(fixture.path("error").path("code").asInt()).isEqualTo(isError ? 429 : 0);
      assertThat(fixture.has("usageMetadata")).isNotEqualTo(isError);
    }
  }

  @ParameterizedTest
  @MethodSource("patchingVectors")
  void everyExpectedPatch_touchesTheStepAlone(RunFolder vector) {
    var stepId = expected(vector).path("stepId").asText();
    var paths = patches(vector).flatMap(ExpectedPatch::paths);

    assertThat(paths).isNotEmpty().allSatisfy(path -> assertThat(path).startsWith("steps", stepId));
  }

  @ParameterizedTest
  @MethodSource("patchingVectors")
  void everyExpectedPatch_leavesTheStepAsExpected(RunFolder vector) {
    var expected = expected(vector);
    var run = (ObjectNode) vector.flowRun();
    patches(vector).forEach(patch -> patch.applyTo(run));
    var step = run.path("steps").path(expected.path("stepId").asText());

    assertThat(step.path("status")).isEqualTo(expected.path("status"));
    assertThat(step.at("/error/code")).isEqualTo(expected.path("errorCode"));
    assertThat(step.at("/outputs/execution/error/code")).isEqualTo(expected.path("errorCode"));
    assertThat(Contract.named("flow_run").violations(run)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("patchingVectors")
  void everyClaim_setsStatusAndStartAndDropsTheError(RunFolder vector) {
    var claim = vectorFile(vector, "expected-patch.json").path("claim");
    var step = expected(vector).path("stepId").asText();

    if (!claim.isMissingNode()) {
      assertThat(new ExpectedPatch(claim).paths())
          .containsExactly(
              List.of("steps", step, "status"),
              List.of("steps", step, "outputs", "execution", "timing", "startedAt"),
              List.of("steps", step, "error"));
      assertThat(new ExpectedPatch(claim).valueAt(List.of("steps", step, "status")).asText())
          .isEqualTo("RUNNING");
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void everyVectorWithoutAnExecution_expectsNoPatch(RunFolder vector) {
    boolean writes = expected(vector).path("exitStatus").asInt() <= 1;

    assertThat(vectorFile(vector, "expected-patch.json").isEmpty()).isNotEqualTo(writes);
  }

  private static Stream<ExpectedPatch> patches(RunFolder vector) {
    var patch = vectorFile(vector, "expected-patch.json");
    return Stream.of("claim", "finalize")
        .filter(patch::has)
        .map(patch::path)
        .map(ExpectedPatch::new);
  }

  private static JsonNode expected(RunFolder vector) {
    return vectorJson(vector).path("expected");
  }

  private static JsonNode vectorJson(RunFolder vector) {
    return vectorFile(vector, "vector.json");
  }

  private static JsonNode vectorFile(RunFolder vector, String name) {
    return ContractFiles.json(vector.path().resolve(name));
  }

  private static Set<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.toSet());
  }
}
