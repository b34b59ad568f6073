package io.tda.worker.config;

import static io.tda.worker.config.Environments.executor;
import static io.tda.worker.config.Environments.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.id.StepKey;
import io.tda.worker.id.Timeframe;
import io.tda.worker.time.TimeBudgetPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutorConfigTest {

  @Test
  void fromEnv_givesTheDefaults_whenNothingElseIsSet() {
    var own = executor().config().own();

    assertThat(own.artifacts()).isEqualTo(new ArtifactConfig("reports", ""));
    assertThat(own.registry()).isEqualTo(new RegistryConfig("llm_prompts", "llm_schemas"));
    assertThat(own.budget()).isEqualTo(budget(590, 120, 450));
    assertThat(own.delivery()).isEqualTo(new DeliveryConfig(10, 4));
    assertThat(own.rawOutput()).isEqualTo(new RawOutputCapture.Off());
    assertThat(own.limits()).isEqualTo(Limits.DEFAULT);
    assertThat(own.llm().mode()).isInstanceOf(LLMMode.Real.class);
    assertThat(own.llm().allowedModels()).isEqualTo(ModelAllowlist.ALL);
    assertThat(own.llm().baseUrl()).isNull();
    assertThat(own.llm().maxAttempts()).isEqualTo(1);
    assertThat(executor().config().http().maxRequestBytes()).isEqualTo(131_072);
  }

  @Test
  void limits_areThoseOfTheSpecification() {
    assertThat(Limits.DEFAULT).isEqualTo(new Limits(65_536, 262_144, 16, 7_340_032, 8, 2_097_152));
  }

  @Test
  void fromEnv_takesABudgetThatFitsExactly() {
    var own =
        executor("GEMINI_TIMEOUT_SECONDS", "480", "INVOCATION_TIMEOUT_SECONDS", "600")
            .config()
            .own();

    assertThat(own.budget()).isEqualTo(budget(600, 120, 480));
  }

  @Test
  void fromEnv_refusesABudgetThatDoesNotFit() {
    assertThat(problems("GEMINI_TIMEOUT_SECONDS", "471"))
        .containsExactly(
            "GEMINI_TIMEOUT_SECONDS plus FINALIZE_BUDGET_SECONDS must not exceed"
                + " INVOCATION_TIMEOUT_SECONDS (471 + 120 > 590)");
  }

  @Test
  void fromEnv_refusesAnInvocationThatPubSubWouldNotWaitFor() {
    assertThat(problems("INVOCATION_TIMEOUT_SECONDS", "601"))
        .containsExactly("INVOCATION_TIMEOUT_SECONDS must be a whole number from 1 to 600");
  }

  @Test
  void fromEnv_checksTheChainOfTimeouts_asFarAsItIsTold() {
    assertThat(problems("CLOUD_RUN_TIMEOUT_SECONDS", "595", "PUSH_ACK_DEADLINE_SECONDS", "600"))
        .isEmpty();
    assertThat(problems("CLOUD_RUN_TIMEOUT_SECONDS", "300", "PUSH_ACK_DEADLINE_SECONDS", "200"))
        .containsExactly(
            "CLOUD_RUN_TIMEOUT_SECONDS must not exceed PUSH_ACK_DEADLINE_SECONDS",
            "INVOCATION_TIMEOUT_SECONDS must not exceed CLOUD_RUN_TIMEOUT_SECONDS",
            "INVOCATION_TIMEOUT_SECONDS must not exceed PUSH_ACK_DEADLINE_SECONDS");
  }

  @ParameterizedTest
  @CsvSource({
    "GEMINI_MAX_ATTEMPTS,1,3",
    "MAX_DELIVERY_ATTEMPTS,5,100",
    "MAX_MODEL_CALLS,1,20",
    "MAX_CONTEXT_BYTES,1024,1048576",
    "MAX_CHART_BYTES,1024,7340032",
    "MAX_IMAGES,1,100",
    "MAX_INLINE_BYTES,262144,12582912",
    "MAX_PREVIOUS_REPORTS,0,32",
    "MAX_OUTPUT_BYTES,1024,16777216",
    "MAX_REQUEST_BYTES,1024,33554432"
  })
  void fromEnv_takesNumbersInTheirRangeOnly(String name, int min, int max) {
    assertThat(problems(name, String.valueOf(min))).isEmpty();
    assertThat(problems(name, String.valueOf(max))).isEmpty();
    assertThat(problems(name, String.valueOf(min - 1))).hasSize(1);
    assertThat(problems(name, String.valueOf(max + 1))).hasSize(1);
  }

  @Test
  void fromEnv_refusesCharts_thatNoRequestCouldHold() {
    assertThat(problems("MAX_CHART_BYTES", "20000", "MAX_INLINE_BYTES", "10000"))
        .containsExactly("MAX_CHART_BYTES must not exceed MAX_INLINE_BYTES");
  }

  @Test
  void fromEnv_refusesCollectionsThatCoincide() {
    assertThat(problems("LLM_PROMPTS_COLLECTION", "x", "LLM_SCHEMAS_COLLECTION", "x"))
        .containsExactly("LLM_SCHEMAS_COLLECTION must differ from LLM_PROMPTS_COLLECTION");
  }

  @Test
  void paths_haveThePrefix() {
    var artifacts = executor("ARTIFACTS_PREFIX", "/a//b/").config().own().artifacts();
    var step = new StepKey(new RunId("run"), new StepId("report"));

    assertThat(artifacts.paths().report(step, new Timeframe("4h")))
        .hasToString("gs://reports/a/b/run/4h/report.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a/./b", "\u00e9", "a\u0007b"})
  void fromEnv_refusesAPrefixThatIsNoFolder(String prefix) {
    assertThat(problems("ARTIFACTS_PREFIX", prefix)).hasSize(1);
    assertThat(problems("ARTIFACTS_PREFIX", "x".repeat(257))).hasSize(1);
  }

  @Test
  void fromEnv_capturesRawOutput_inABucketOfItsOwn() {
    assertThat(
            executor("RAW_OUTPUT_CAPTURE", "quarantine", "QUARANTINE_BUCKET", "apart")
                .config()
                .own()
                .rawOutput())
        .isEqualTo(new RawOutputCapture.Quarantine("apart"));
    assertThat(problems("RAW_OUTPUT_CAPTURE", "quarantine"))
        .containsExactly("QUARANTINE_BUCKET is required with RAW_OUTPUT_CAPTURE=quarantine");
    assertThat(problems("RAW_OUTPUT_CAPTURE", "quarantine", "QUARANTINE_BUCKET", "reports"))
        .containsExactly("QUARANTINE_BUCKET must differ from ARTIFACTS_BUCKET");
  }

  @Test
  void fromEnv_asksForNoKey_whenAnswersAreMadeUp() {
    var mocked =
        executor("LLM_MODE", "mock", "LLM_FIXTURES_DIR", "answers", "GEMINI_API_KEY", "not a key");

    assertThat(mocked.config().own().llm().mode()).isEqualTo(new LLMMode.Mock(Path.of("answers")));
    assertThat(mocked.config().own().llm().mode().label()).isEqualTo("mock");
    assertThat(mocked.warnings()).isEmpty();
  }

  @Test
  void fromEnv_asksForKeyAndFolder_whenAnswersAreRecorded() {
    assertThat(problems("LLM_MODE", "record", "GEMINI_API_KEY", ""))
        .containsExactly(
            "GEMINI_API_KEY is required, or GEMINI_API_KEYS_JSON and GEMINI_API_KEY_ID, or"
                + " GEMINI_AUTH_MODE=vertex_adc",
            "LLM_FIXTURES_DIR is required unless LLM_MODE=real");
    assertThat(executor("LLM_MODE", "record", "LLM_FIXTURES_DIR", "a").config().own().llm().mode())
        .isInstanceOf(LLMMode.Recording.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mock", "record"})
  void fromEnv_refusesMadeUpAnswersInProduction(String mode) {
    assertThat(problems("LLM_MODE", mode, "LLM_FIXTURES_DIR", "a", "ENV", "prod"))
        .containsExactly("LLM_MODE must be real in production");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://proxy.example/gemini",
        "https://10.0.0.1:8443",
        "http://localhost:8080",
        "http://127.0.0.1:1/v1",
        "http://[::1]:8080",
        "HTTP://LOCALHOST"
      })
  void fromEnv_takesABaseUrlThatKeepsTheKeySafe(String url) {
    assertThat(executor("GEMINI_BASE_URL", url).config().own().llm().baseUrl())
        .isEqualTo(URI.create(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://proxy.example",
        "http://localhost.example",
        "http://127.0.0.1.example",
        "http://0.0.0.0",
        "https://user:pass@proxy.example",
        "https://proxy.example?key=x",
        "https://proxy.example#x",
        "https://",
        "https:proxy",
        "proxy.example",
        "file:///etc",
        "https://pro xy"
      })
  void fromEnv_refusesOtherBaseUrls(String url) {
    assertThat(problems("GEMINI_BASE_URL", url))
        .containsExactly(
            "GEMINI_BASE_URL must be an https URL, or http with a loopback address, without user,"
                + " query and fragment");
  }

  @Test
  void fromEnv_narrowsModels() {
    var models =
        executor("GEMINI_ALLOWED_MODELS", "gemini-2.5-pro, gemini-2.5-flash*")
            .config()
            .own()
            .llm()
            .allowedModels();

    assertThat(models.allows("gemini-2.5-flash-lite")).isTrue();
    assertThat(models.allows("gemini-2.5-pro-exp")).isFalse();
    assertThat(problems("GEMINI_ALLOWED_MODELS", ","))
        .containsExactly("GEMINI_ALLOWED_MODELS must be " + ModelAllowlist.RULE);
  }

  private static TimeBudgetPolicy budget(int invocation, int reserve, int model) {
    return new TimeBudgetPolicy(
        Duration.ofSeconds(invocation), Duration.ofSeconds(reserve), Duration.ofSeconds(model));
  }
}
