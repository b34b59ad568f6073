package io.tda.worker.bench;

import io.tda.worker.llm.LLMClient;
import io.tda.worker.llm.LLMRequest;
import io.tda.worker.llm.LLMResponse;
import io.tda.worker.time.Cancellation;
import io.tda.worker.time.ThreadSleeper;
import java.time.Duration;

/** A model that says the same after the same time. */
record FixedModel(LLMResponse answer, Duration latency) implements LLMClient {
  @Override
  public LLMResponse generate(LLMRequest request, Duration deadline, Cancellation cancellation) {
    if (latency.isPositive()) {
      new ThreadSleeper().sleep(latency);
    }
    return answer;
  }
}
