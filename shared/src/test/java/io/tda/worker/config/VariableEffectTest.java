package io.tda.worker.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every declared variable does something: set to another value, it changes the result. */
class VariableEffectTest {
  /** By name: another valid value, and what it needs beside it. */
  private static final Map<String, String[]> CHANGES =
      Map.ofEntries(
          change("ENV", "staging"),
          change("GOOGLE_CLOUD_PROJECT", "other-project"),
          change("FIRESTORE_DATABASE", "flows"),
          change("FLOW_RUNS_COLLECTION", "runs"),
          change("STEP_LEASES_COLLECTION", "leases"),
          change("RUN_ID_PATTERN", "[a-z]+"),
          change("LEASE_SECONDS", "61"),
          change("DISPATCH_LEASE_SECONDS", "901"),
          change("SWEEP_GRACE_SECONDS", "61"),
          change("MAX_CLAIM_ATTEMPTS", "4"),
          change("CLAIM_MAX_AGE_HOURS", "25"),
          change("PUSH_AUDIENCE", "a", "PUSH_SERVICE_ACCOUNT", "a@b"),
          change("PUSH_SERVICE_ACCOUNT", "a@b", "PUSH_AUDIENCE", "a"),
          change(
              "PUSH_CERTS_URL",
              "https://a.example",
              "PUSH_AUDIENCE",
              "a",
              "PUSH_SERVICE_ACCOUNT",
              "a@b"),
          change("FIRESTORE_EMULATOR_HOST", "localhost:1"),
          change("PUBSUB_EMULATOR_HOST", "localhost:1"),
          change("STORAGE_EMULATOR_HOST", "localhost:1"),
          change("PORT", "8081"),
          change("LOG_LEVEL", "DEBUG"),
          change("STEP_CLAIMED_TOPIC", "claims"),
          change("ORDERING_SCOPE", "run"),
          change("MAX_CLAIMS_PER_EVENT", "2"),
          change("CLAIM_MAX_ATTEMPTS", "5"),
          change("ARTIFACTS_BUCKET", "other"),
          change("ARTIFACTS_PREFIX", "x"),
          change("LLM_PROMPTS_COLLECTION", "prompts"),
          change("LLM_SCHEMAS_COLLECTION", "schemas"),
          change("INVOCATION_TIMEOUT_SECONDS", "591"),
          change("FINALIZE_BUDGET_SECONDS", "119"),
          change("CLOUD_RUN_TIMEOUT_SECONDS", "1"),
          change("PUSH_ACK_DEADLINE_SECONDS", "10"),
          change("MAX_DELIVERY_ATTEMPTS", "11"),
          change("MAX_MODEL_CALLS", "5"),
          change("RAW_OUTPUT_CAPTURE", "quarantine", "QUARANTINE_BUCKET", "apart"),
          change("QUARANTINE_BUCKET", "apart", "RAW_OUTPUT_CAPTURE", "quarantine"),
          change("LLM_MODE", "mock", "LLM_FIXTURES_DIR", "a"),
          change("LLM_FIXTURES_DIR", "b", "LLM_MODE", "mock"),
          change("GEMINI_AUTH_MODE", "vertex_adc", "GEMINI_LOCATION", "global"),
          change("GEMINI_LOCATION", "global", "GEMINI_AUTH_MODE", "vertex_adc"),
          change("GEMINI_API_KEY", "a b"),
          change("GEMINI_API_KEYS_JSON", "[]", "GEMINI_API_KEY", "", "GEMINI_API_KEY_ID", "a"),
          change("GEMINI_API_KEY_ID", "a", "GEMINI_API_KEY", "", "GEMINI_API_KEYS_JSON", "[]"),
          change("GEMINI_BASE_URL", "https://a.example"),
          change("GEMINI_ALLOWED_MODELS", "a"),
          change("GEMINI_TIMEOUT_SECONDS", "449"),
          change("GEMINI_MAX_ATTEMPTS", "2"),
          change("MAX_CONTEXT_BYTES", "1024"),
          change("MAX_CHART_BYTES", "1024"),
          change("MAX_IMAGES", "1"),
          change("MAX_INLINE_BYTES", "1000000"),
          change("MAX_PREVIOUS_REPORTS", "0"),
          change("MAX_OUTPUT_BYTES", "1024"),
          change("MAX_REQUEST_BYTES", "1024"));

  static Stream<Variable<?>> variables() {
    return Variables.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("variables")
  void variable_changesTheResult(Variable<?> variable) {
    var more = CHANGES.getOrDefault(variable.name(), new String[] {variable.name(), ""});
    var without = more.clone();
    without[1] = "";
    var role = variable.audience() == Audience.DISPATCHER ? Role.DISPATCHER : Role.EXECUTOR;

    assertThat(shown(role, more)).isNotEqualTo(shown(role, without));
  }

  @Test
  void changes_areOfDeclaredVariables() {
    assertThat(variables().map(Variable::name)).containsAll(CHANGES.keySet());
  }

  private static String shown(Role<?> role, String... more) {
    var base = role == Role.DISPATCHER ? Environments.DISPATCHER : Environments.EXECUTOR;
    var result = WorkerConfig.fromEnv(Environments.with(base, more), role);
    return switch (result) {
      case ConfigResult.Valid<?>(var config, _, _) -> config.toString();
      case ConfigResult.Invalid<?>(var problems) -> problems.toString();
    };
  }

  private static Map.Entry<String, String[]> change(String... nameValueAndMore) {
    return Map.entry(nameValueAndMore[0], Arrays.copyOf(nameValueAndMore, nameValueAndMore.length));
  }
}
