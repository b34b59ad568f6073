package io.tda.worker.executor.adapter.gemini;

import io.tda.worker.config.GeminiAuthConfig;
import io.tda.worker.config.LLMConfig;
import io.tda.worker.config.LLMMode;
import io.tda.worker.llm.LLMClient;

/**
 * The way to the model that the settings ask for.
 *
 * @param closing ends the calls that are under way; safe to repeat
 */
public record ModelAccess(LLMClient client, AutoCloseable closing) {

  /** Opens it. Call it on a platform thread. */
  public static ModelAccess open(LLMConfig config) {
    return switch (config.mode()) {
      case LLMMode.Mock(var fixtures) -> new ModelAccess(new FixtureLLMClient(fixtures), () -> {});
      case LLMMode.Real(var auth) -> {
        var gemini = gemini(auth, config);
        yield new ModelAccess(gemini, gemini);
      }
      case LLMMode.Recording(var fixtures, var auth) -> {
        var gemini = gemini(auth, config);
        yield new ModelAccess(new FixtureRecorder(fixtures, gemini), gemini);
      }
    };
  }

  private static GeminiClientAdapter gemini(GeminiAuthConfig auth, LLMConfig config) {
    return GeminiClientAdapter.open(auth, config.baseUrl());
  }
}
