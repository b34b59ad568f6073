package io.tda.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.Violation;
import io.tda.worker.llm.StructuredOutputResult.SafetyBlocked;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LLMErrorsTest {
  private static final Violation VIOLATION = new Violation("/a", "must be there");

  @Test
  void prompt_isNamedById() {
    assertThat(LLMErrors.promptNotFound("p_1"))
        .isEqualTo(
            error(
                ErrorCode.PROMPT_NOT_FOUND,
                "the prompt does not exist",
                Map.of("promptId", "p_1")));
    assertThat(LLMErrors.promptInvalid("p_1", VIOLATION).details())
        .containsExactly(
            entry("promptId", "p_1"), entry("violations", List.of("/a: must be there")));
  }

  @Test
  void profileAndSchema_areProfileErrors() {
    var id = LLMFixtures.SCHEMA_ID;
    assertThat(
            List.of(
                LLMErrors.profileInvalid(List.of(VIOLATION)),
                LLMErrors.schemaNotFound(id),
                LLMErrors.schemaInvalid(id, List.of(VIOLATION))))
        .allSatisfy(error -> assertThat(error.code()).isEqualTo(ErrorCode.LLM_PROFILE_INVALID));
    assertThat(LLMErrors.schemaInvalid(id, List.of(VIOLATION)).details())
        .containsExactly(
            entry("reason", "structured_output_schema_invalid"),
            entry("schemaId", id.value()),
            entry("violations", List.of("/a: must be there")));
  }

  @Test
  void violations_areAtMostTen() {
    var error = LLMErrors.profileInvalid(Collections.nCopies(30, VIOLATION));
    assertThat((List<?>) error.details().get("violations")).hasSize(10);
  }

  @Test
  void safetyBlock_saysWhatWasBlocked() {
    assertThat(LLMErrors.safetyBlock(new SafetyBlocked(SafetyBlocked.Stage.PROMPT, "OTHER")))
        .isEqualTo(
            error(
                ErrorCode.LLM_SAFETY_BLOCK,
                "the provider blocked the prompt",
                Map.of("blockReason", "OTHER")));
    assertThat(
            LLMErrors.safetyBlock(new SafetyBlocked(SafetyBlocked.Stage.ANSWER, "SPII")).details())
        .containsExactly(entry("finishReason", "SPII"));
  }

  @Test
  void invalidOutput_carriesSizesAndHashesOnly() {
    var invalid =
        (StructuredOutputInvalid)
            new StructuredOutputValidator(1000)
                .validate(LLMFixtures.answer("{\"details\": {}}"), LLMFixtures.schema());
    var error = LLMErrors.invalidOutput(invalid);
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_STRUCTURED_OUTPUT);
    assertThat(error.retryable()).isFalse();
    assertThat(error.details())
        .containsEntry("kind", "schema_validation")
        .containsEntry("reason", "the answer does not meet the schema")
        .containsEntry("textBytes", 15L)
        .containsEntry("extractionMethod", "PARTS")
        .containsEntry("finishReason", "STOP")
        .containsEntry("validationErrors", List.of("/summary: required"))
        .containsKey("textSha256");
  }

  private static StepError error(ErrorCode code, String message, Map<String, Object> details) {
    return StepError.of(code, message, details);
  }
}
