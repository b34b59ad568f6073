package io.tda.worker.executor.adapter.gemini;

import io.tda.worker.executor.adapter.gemini.GeminiErrors.Ending;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.llm.LLMClient;
import io.tda.worker.llm.LLMRequest;
import io.tda.worker.llm.LLMResponse;
import io.tda.worker.time.Cancellation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The mode {@code mock}: answers from files, and never over the network. A stored error goes before
 * a stored answer. A repair without an answer of its own gets that of the first call again, as from
 * a model that does not learn.
 */
public final class FixtureLLMClient implements LLMClient {
  private final FixtureDirectory fixtures;

  public FixtureLLMClient(Path directory) {
    fixtures = new FixtureDirectory(directory);
  }

  @Override
  public LLMResponse generate(LLMRequest request, Duration deadline, Cancellation cancellation) {
    checkTime(deadline, cancellation);
    var name = nameOf(request);
    return fixtures
        .find(name.orFirstCall())
        .orElseThrow(() -> missing("no stored answer", name.response()));
  }

  static void checkTime(Duration deadline, Cancellation cancellation) {
    if (cancellation.isCancelled()) {
      throw GeminiErrors.ended(Ending.CANCELLED);
    }
    if (!deadline.isPositive()) {
      throw GeminiErrors.ended(Ending.DEADLINE);
    }
  }

  static FixtureName nameOf(LLMRequest request) {
    return FixtureName.of(request)
        .orElseThrow(() ->
            new StepException(
                StepError.of(
                    ErrorCode.LLM_MOCK_MISSING,
                    "model, prompt, schema, symbol and timeframe make no file name")));
  }

  private static StepException missing(String message, String fixture) {
    return new StepException(
        StepError.of(ErrorCode.LLM_MOCK_MISSING, message, Map.of("fixture", fixture)));
  }
}
