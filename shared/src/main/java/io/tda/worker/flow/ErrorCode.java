package io.tda.worker.flow;

/**
 * Why a step or a run could not be worked on. The names are stored in documents, logs and metrics:
 * they may be added to, never changed.
 */
public enum ErrorCode {
  // Faults of a run: logged only, because the orchestrator owns the run.
  FLOW_RUN_NOT_FOUND(false),
  FLOW_RUN_INVALID(false),

  // Faults of a step that no repetition mends.
  INVALID_STEP_INPUTS(false),
  PROMPT_NOT_FOUND(false),
  PROMPT_INVALID(false),
  LLM_PROFILE_INVALID(false),
  LLM_SAFETY_BLOCK(false),
  INVALID_STRUCTURED_OUTPUT(false),
  LLM_AUTH_FAILED(false),
  LLM_MOCK_MISSING(false),
  ARTIFACT_CONFLICT(false),
  CLAIM_UNDELIVERABLE(false),
  LEASE_EXPIRED(false),

  // Faults that may be gone at the next delivery.
  TIME_BUDGET_EXCEEDED(true),
  RATE_LIMITED(true),
  GEMINI_REQUEST_FAILED(true),
  FIRESTORE_UNAVAILABLE(true),
  FIRESTORE_CLAIM_FAILED(true),
  FIRESTORE_FINALIZE_FAILED(true),
  GCS_READ_FAILED(true),
  GCS_WRITE_FAILED(true),
  /** A bug: anything that nothing else names. */
  INTERNAL(true);

  private final boolean retryable;

  ErrorCode(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether a later delivery may succeed, unless the single error says otherwise. */
  public boolean isRetryable() {
    return retryable;
  }
}
