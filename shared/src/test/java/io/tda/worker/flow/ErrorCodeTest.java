package io.tda.worker.flow;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The names and kinds are stored and alerted on: this table is the specification's. */
class ErrorCodeTest {
  private static final Map<String, Boolean> RETRYABLE =
      Map.ofEntries(
          Map.entry("FLOW_RUN_NOT_FOUND", false),
          Map.entry("FLOW_RUN_INVALID", false),
          Map.entry("INVALID_STEP_INPUTS", false),
          Map.entry("PROMPT_NOT_FOUND", false),
          Map.entry("PROMPT_INVALID", false),
          Map.entry("LLM_PROFILE_INVALID", false),
          Map.entry("LLM_SAFETY_BLOCK", false),
          Map.entry("INVALID_STRUCTURED_OUTPUT", false),
          Map.entry("LLM_AUTH_FAILED", false),
          Map.entry("LLM_MOCK_MISSING", false),
          Map.entry("ARTIFACT_CONFLICT", false),
          Map.entry("TIME_BUDGET_EXCEEDED", true),
          Map.entry("RATE_LIMITED", true),
          Map.entry("GEMINI_REQUEST_FAILED", true),
          Map.entry("FIRESTORE_UNAVAILABLE", true),
          Map.entry("GCS_READ_FAILED", true),
          Map.entry("GCS_WRITE_FAILED", true),
          Map.entry("FIRESTORE_CLAIM_FAILED", true),
          Map.entry("FIRESTORE_FINALIZE_FAILED", true),
          Map.entry("CLAIM_UNDELIVERABLE", false),
          Map.entry("LEASE_EXPIRED", false),
          Map.entry("INTERNAL", true));

  @Test
  void codes_areThoseOfTheSpecification_andAsRetryable() {
    assertThat(Arrays.stream(ErrorCode.values()).collect(toMap(Enum::name, ErrorCode::isRetryable)))
        .isEqualTo(RETRYABLE);
  }
}
