package io.tda.worker.config;

import static io.tda.worker.config.Audience.EXECUTOR;
import static io.tda.worker.config.Variable.optional;
import static io.tda.worker.config.Variable.withDefault;
import static java.time.temporal.ChronoUnit.SECONDS;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The variables of the model and of the way to it. */
final class GeminiVariables {
  /** The values of {@code LLM_MODE}. */
  enum Mode {
    REAL,
    MOCK,
    RECORD
  }

  /** The values of {@code GEMINI_AUTH_MODE}. */
  enum AuthMode {
    AI_STUDIO_API_KEY,
    VERTEX_ADC
  }

  static final Variable<Mode> LLM_MODE =
      withDefault(
          "LLM_MODE",
          EXECUTOR,
          Rule.oneOf(Mode.class),
          "real",
          "`mock` answers from stored answers alone, `record` stores those that are missing; both refused in production.");

  static final Variable<Path> LLM_FIXTURES_DIR =
      optional(
          "LLM_FIXTURES_DIR",
          EXECUTOR,
          Rule.folder(),
          "The folder of stored answers; `mock` and `record` need it.");

  static final Variable<AuthMode> GEMINI_AUTH_MODE =
      withDefault(
          "GEMINI_AUTH_MODE",
          EXECUTOR,
          Rule.oneOf(AuthMode.class),
          "ai_studio_api_key",
          "By a key, or on Vertex AI by the service account.");

  static final Variable<String> GEMINI_LOCATION =
      optional(
          "GEMINI_LOCATION",
          EXECUTOR,
          Rule.text("a location such as europe-west4 or global", "[a-z][a-z0-9-]{1,39}"),
          "The location on Vertex AI; `vertex_adc` needs it.");

  // The rules of the three are checked where a key is needed, and only there.
  static final Variable<String> GEMINI_API_KEY =
      optional(
          "GEMINI_API_KEY",
          EXECUTOR,
          new Rule<>(GeminiApiKey.RULE, Optional::of),
          "The only key; its id is `default`. Wins over the next two, with a warning. Secret.");

  static final Variable<String> GEMINI_API_KEYS_JSON =
      optional(
          "GEMINI_API_KEYS_JSON",
          EXECUTOR,
          new Rule<>(GeminiKeys.RULE, Optional::of),
          "Several keys, for rotation. Secret.");

  static final Variable<String> GEMINI_API_KEY_ID =
      optional(
          "GEMINI_API_KEY_ID",
          EXECUTOR,
          new Rule<>(GeminiApiKey.ID_RULE, Optional::of),
          "Which of them is used.");

  static final Variable<URI> GEMINI_BASE_URL =
      optional(
          "GEMINI_BASE_URL",
          EXECUTOR,
          Rules.baseUrl(),
          "Replaces the provider's endpoint, for proxies and tests.");

  static final Variable<ModelAllowlist> GEMINI_ALLOWED_MODELS =
      optional(
          "GEMINI_ALLOWED_MODELS",
          EXECUTOR,
          new Rule<>(ModelAllowlist.RULE, ModelAllowlist::parse),
          "The models that profiles may name; unset allows all.");

  static final Variable<Duration> GEMINI_TIMEOUT_SECONDS =
      withDefault(
          "GEMINI_TIMEOUT_SECONDS",
          EXECUTOR,
          Rule.time(SECONDS, 1, 599),
          450,
          "How long one model call may take; with `FINALIZE_BUDGET_SECONDS` it has to fit `INVOCATION_TIMEOUT_SECONDS`.");

  static final Variable<Integer> GEMINI_MAX_ATTEMPTS =
      withDefault(
          "GEMINI_MAX_ATTEMPTS",
          EXECUTOR,
          Rule.number(1, 3),
          1,
          "Model calls per delivery, the repair not counted.");

  static final List<Variable<?>> ALL =
      List.of(
          LLM_MODE,
          LLM_FIXTURES_DIR,
          GEMINI_AUTH_MODE,
          GEMINI_LOCATION,
          GEMINI_API_KEY,
          GEMINI_API_KEYS_JSON,
          GEMINI_API_KEY_ID,
          GEMINI_BASE_URL,
          GEMINI_ALLOWED_MODELS,
          GEMINI_TIMEOUT_SECONDS,
          GEMINI_MAX_ATTEMPTS);

  private GeminiVariables() {}
}
