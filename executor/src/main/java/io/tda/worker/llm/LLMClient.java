package io.tda.worker.llm;

import io.tda.worker.time.Cancellation;
import java.time.Duration;

/**
 * The port to the model. One call is one paid request: implementations repeat nothing.
 *
 * <p>Faults are thrown as {@code StepException}: {@code RATE_LIMITED}, {@code
 * GEMINI_REQUEST_FAILED}, {@code TIME_BUDGET_EXCEEDED} (the deadline passed, or the call was
 * cancelled), {@code LLM_AUTH_FAILED}, {@code LLM_PROFILE_INVALID}, {@code LLM_MOCK_MISSING}. A
 * blocked prompt and a stopped answer are no faults but responses. Implementations are safe for use
 * by many threads.
 */
public interface LLMClient {

  /**
   * Asks the model.
   *
   * @param deadline the call has ended by then, whatever the server does
   * @param cancellation ends the call early
   */
  LLMResponse generate(LLMRequest request, Duration deadline, Cancellation cancellation);
}
