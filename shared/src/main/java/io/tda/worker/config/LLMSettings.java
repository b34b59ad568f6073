package io.tda.worker.config;

import static io.tda.worker.config.CommonVariables.GOOGLE_CLOUD_PROJECT;
import static io.tda.worker.config.GeminiVariables.GEMINI_ALLOWED_MODELS;
import static io.tda.worker.config.GeminiVariables.GEMINI_API_KEY;
import static io.tda.worker.config.GeminiVariables.GEMINI_API_KEYS_JSON;
import static io.tda.worker.config.GeminiVariables.GEMINI_API_KEY_ID;
import static io.tda.worker.config.GeminiVariables.GEMINI_AUTH_MODE;
import static io.tda.worker.config.GeminiVariables.GEMINI_BASE_URL;
import static io.tda.worker.config.GeminiVariables.GEMINI_LOCATION;
import static io.tda.worker.config.GeminiVariables.GEMINI_MAX_ATTEMPTS;
import static io.tda.worker.config.GeminiVariables.LLM_FIXTURES_DIR;
import static io.tda.worker.config.GeminiVariables.LLM_MODE;

import io.tda.worker.config.GeminiVariables.Mode;
import java.util.function.Supplier;

/** Checks and builds the way to the model. What the chosen way does not use is not looked at. */
final class LLMSettings {
  private LLMSettings() {}

  static Supplier<LLMConfig> check(EnvReader env) {
    var mode = env.find(LLM_MODE).map(choice -> checkMode(env, choice));
    return () ->
        new LLMConfig(
            mode.orElseThrow().get(),
            env.find(GEMINI_ALLOWED_MODELS).orElse(ModelAllowlist.ALL),
            env.find(GEMINI_BASE_URL).orElse(null),
            env.get(GEMINI_MAX_ATTEMPTS));
  }

  private static Supplier<LLMMode> checkMode(EnvReader env, Mode mode) {
    if (mode != Mode.REAL) {
      env.require(LLM_FIXTURES_DIR, "unless LLM_MODE=real");
      if (CommonSettings.isProduction(env)) {
        env.refuse(LLM_MODE, "must be real in production");
      }
    }
    return switch (mode) {
      case REAL -> {
        var auth = checkAuth(env);
        yield () -> new LLMMode.Real(auth.get());
      }
      case MOCK -> () -> new LLMMode.Mock(env.get(LLM_FIXTURES_DIR));
      case RECORD -> {
        var auth = checkAuth(env);
        yield () -> new LLMMode.Recording(env.get(LLM_FIXTURES_DIR), auth.get());
      }
    };
  }

  private static Supplier<GeminiAuthConfig> checkAuth(EnvReader env) {
    var mode = env.find(GEMINI_AUTH_MODE);
    if (mode.isEmpty()) {
      return () -> {
        throw new IllegalStateException("the mode is a problem already");
      };
    }
    return switch (mode.get()) {
      case AI_STUDIO_API_KEY -> {
        var key = GeminiKeys.check(env);
        yield () -> new GeminiAuthConfig.AiStudio(key.orElseThrow());
      }
      case VERTEX_ADC -> {
        env.require(GEMINI_LOCATION, "with GEMINI_AUTH_MODE=vertex_adc");
        env.warnIgnored(
            "GEMINI_AUTH_MODE=vertex_adc needs no key",
            GEMINI_API_KEY,
            GEMINI_API_KEYS_JSON,
            GEMINI_API_KEY_ID);
        yield () ->
            new GeminiAuthConfig.Vertex(env.get(GOOGLE_CLOUD_PROJECT), env.get(GEMINI_LOCATION));
      }
    };
  }
}
