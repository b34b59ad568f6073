package io.tda.worker.config;

import static io.tda.worker.config.Environments.dispatcher;
import static io.tda.worker.config.Environments.executor;
import static io.tda.worker.config.Environments.problems;
import static io.tda.worker.config.Environments.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.config.EmulatorConfig.Endpoint;
import io.tda.worker.id.RunId;
import io.tda.worker.log.Severity;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerConfigTest {

  @Test
  void fromEnv_givesTheDefaults_whenNothingElseIsSet() {
    var config = dispatcher().config();

    assertThat(config.service()).isEqualTo(new ServiceConfig("dev", "demo-project", Severity.INFO));
    assertThat(config.http()).isEqualTo(new HttpConfig(8080, 2 << 20, new PushAuth.None()));
    assertThat(config.firestore())
        .isEqualTo(new FirestoreConfig("(default)", "flow_runs", "step_leases"));
    assertThat(config.lease())
        .isEqualTo(
            new LeaseConfig(
                Duration.ofSeconds(60),
                Duration.ofMinutes(15),
                Duration.ofSeconds(60),
                3,
                Duration.ofDays(1)));
    assertThat(config.own())
        .isEqualTo(new DispatcherConfig("step-claimed", DispatcherConfig.OrderingScope.STEP, 1, 4));
  }

  @Test
  void fromEnv_readsNoVariableOfTheExecutor_whenADispatcherStarts() {
    var env = new RecordingEnvironment(Environments.EXECUTOR);

    assertThat(WorkerConfig.fromEnv(env, Role.DISPATCHER)).isInstanceOf(ConfigResult.Valid.class);

    assertThat(env.read).contains("STEP_CLAIMED_TOPIC").noneMatch(name -> name.contains("GEMINI"));
    assertThat(env.read).doesNotContain("ARTIFACTS_BUCKET", "LLM_MODE");
  }

  @Test
  void fromEnv_reportsAllProblemsAtOnce_sorted() {
    var env = Map.of("PORT", "http", "ENV", "Dev!", "MAX_CLAIMS_PER_EVENT", "21", "LLM_MODE", "x");

    assertThat(problems(WorkerConfig.fromEnv(env, Role.DISPATCHER)))
        .containsExactly(
            "ENV must be 1 to 32 lower-case letters, digits and hyphens, a letter first",
            "GOOGLE_CLOUD_PROJECT is required: a project id",
            "MAX_CLAIMS_PER_EVENT must be a whole number from 1 to 20",
            "PORT must be a whole number from 0 to 65535");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n", " \t\r\n"})
  void fromEnv_takesBlankAsUnset(String blank) {
    assertThat(dispatcher("PORT", blank, "RUN_ID_PATTERN", blank))
        .usingRecursiveComparison()
        .isEqualTo(dispatcher());
    assertThat(problems("ARTIFACTS_BUCKET", blank))
        .containsExactly(
            "ARTIFACTS_BUCKET is required: a bucket's name by the rules of Cloud Storage");
  }

  @Test
  void fromEnv_ignoresWhiteSpaceAroundAValue() {
    assertThat(dispatcher("PORT", " 9090\n").config().http().port()).isEqualTo(9090);
  }

  @Test
  void fromEnv_ignoresUnknownVariables() {
    assertThat(dispatcher("GEMINI_API_KEYS", "x", "PATH", "/bin").given())
        .containsExactly("GOOGLE_CLOUD_PROJECT");
  }

  @Test
  void fromEnv_namesWhatWasGiven() {
    assertThat(executor("PORT", "1", "ENV", " ").given())
        .containsExactly("ARTIFACTS_BUCKET", "GEMINI_API_KEY", "GOOGLE_CLOUD_PROJECT", "PORT");
  }

  @ParameterizedTest
  @CsvSource({
    "PORT,0,65535",
    "LEASE_SECONDS,3,600",
    "DISPATCH_LEASE_SECONDS,3,21600",
    "SWEEP_GRACE_SECONDS,0,3600",
    "MAX_CLAIM_ATTEMPTS,1,10",
    "CLAIM_MAX_AGE_HOURS,1,168",
    "MAX_CLAIMS_PER_EVENT,1,20",
    "CLAIM_MAX_ATTEMPTS,1,10"
  })
  void fromEnv_takesNumbersInTheirRangeOnly(String name, int min, int max) {
    var rule = name + " must be a whole number from " + min + " to " + max;

    assertThat(dispatcherProblems(name, min)).isEmpty();
    assertThat(dispatcherProblems(name, max)).isEmpty();
    assertThat(dispatcherProblems(name, min - 1)).containsExactly(rule);
    assertThat(dispatcherProblems(name, max + 1)).containsExactly(rule);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.0", "1e1", "0x10", "+5", "-5", "5s", "5 6", "1_0", "\u0665", "9999999999"})
  void fromEnv_takesPlainDigitsOnly(String value) {
    assertThat(dispatcherProblems("LEASE_SECONDS", value)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"step,STEP", "RUN,RUN"})
  void fromEnv_takesChoicesIgnoringCase(String value, DispatcherConfig.OrderingScope scope) {
    assertThat(dispatcher("ORDERING_SCOPE", value).config().own().orderingScope()).isEqualTo(scope);
  }

  @Test
  void fromEnv_namesTheChoices() {
    assertThat(dispatcherProblems("ORDERING_SCOPE", "flow"))
        .containsExactly("ORDERING_SCOPE must be one of: step, run");
    assertThat(dispatcherProblems("LOG_LEVEL", "WARN"))
        .containsExactly("LOG_LEVEL must be one of: DEBUG, INFO, WARNING, ERROR");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", ".", "..", "__all__", "a b", "a\u0001"})
  void fromEnv_refusesWhatIsNoCollectionName(String name) {
    assertThat(dispatcherProblems("FLOW_RUNS_COLLECTION", name)).hasSize(1);
  }

  @Test
  void fromEnv_refusesLeasesAmongRuns() {
    assertThat(dispatcherProblems("STEP_LEASES_COLLECTION", "flow_runs"))
        .containsExactly("STEP_LEASES_COLLECTION must differ from FLOW_RUNS_COLLECTION");
  }

  @ParameterizedTest
  @ValueSource(strings = {"projects/p/topics/t", "ab", "1abc", "google-topic", "a b c"})
  void fromEnv_refusesWhatIsNoTopicName(String name) {
    assertThat(dispatcherProblems("STEP_CLAIMED_TOPIC", name)).hasSize(1);
  }

  @Test
  void fromEnv_narrowsRunIds() {
    var runIds = dispatcher("RUN_ID_PATTERN", "2025[0-9-]+_[A-Z]+").config().runIds();

    assertThat(runIds.accepts(new RunId("20251224-061000_LINKUSDT"))).isTrue();
    assertThat(runIds.accepts(new RunId("20251224-061000_LINKUSDT_demo92"))).isFalse();
    assertThat(dispatcher().config().runIds().accepts(new RunId("any"))).isTrue();
  }

  @Test
  void fromEnv_refusesABrokenRunIdPattern() {
    assertThat(dispatcherProblems("RUN_ID_PATTERN", "[a-"))
        .containsExactly("RUN_ID_PATTERN must be a regular expression of Java");
  }

  @ParameterizedTest
  @ValueSource(strings = {"prod", "production"})
  void fromEnv_refusesEmulatorsAndOthersKeysInProduction(String env) {
    var emulators =
        with(
            Environments.DISPATCHER,
            "ENV",
            env,
            "FIRESTORE_EMULATOR_HOST",
            "127.0.0.1:1",
            "PUBSUB_EMULATOR_HOST",
            "not valid either",
            "STORAGE_EMULATOR_HOST",
            "http://localhost:3",
            "PUSH_CERTS_URL",
            "https://www.googleapis.com/oauth2/v3/certs");

    assertThat(problems(WorkerConfig.fromEnv(emulators, Role.DISPATCHER)))
        .contains(
            "FIRESTORE_EMULATOR_HOST must not be set in production",
            "PUBSUB_EMULATOR_HOST must not be set in production",
            "STORAGE_EMULATOR_HOST must not be set in production",
            "PUSH_CERTS_URL must not be set in production");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8080,127.0.0.1:8080",
    "http://localhost:9023,localhost:9023",
    "http://storage:4443/,storage:4443",
    "[::1]:8080,[::1]:8080"
  })
  void fromEnv_takesEmulatorsAsTheToolsWriteThem(String value, String hostAndPort) {
    var emulators = dispatcher("STORAGE_EMULATOR_HOST", value).config().emulators();

    assertThat(emulators.storage()).isEqualTo(new Endpoint.Emulator(hostAndPort));
    assertThat(emulators.firestore()).isEqualTo(new Endpoint.GoogleCloud());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "localhost:0", "localhost:65536", "ftp://a:1", "a:1/b", ":1"})
  void fromEnv_refusesWhatIsNoEmulator(String value) {
    assertThat(dispatcherProblems("FIRESTORE_EMULATOR_HOST", value)).hasSize(1);
  }

  @Test
  void fromEnv_takesPushAuth_fromAudienceAndAccounts() {
    var http =
        dispatcher("PUSH_AUDIENCE", "https://w.example", "PUSH_SERVICE_ACCOUNT", "a@x.iam, b@y.iam")
            .config()
            .http();

    assertThat(http.pushAuth())
        .isEqualTo(
            new PushAuth.Oidc(
                "https://w.example",
                Set.of("a@x.iam", "b@y.iam"),
                URI.create("https://www.googleapis.com/oauth2/v3/certs")));
  }

  @Test
  void fromEnv_refusesHalfOfPushAuth() {
    assertThat(dispatcherProblems("PUSH_AUDIENCE", "https://w.example"))
        .containsExactly("PUSH_SERVICE_ACCOUNT is required with PUSH_AUDIENCE");
    assertThat(dispatcherProblems("PUSH_SERVICE_ACCOUNT", "a@x.iam"))
        .containsExactly("PUSH_AUDIENCE is required with PUSH_SERVICE_ACCOUNT");
    assertThat(dispatcherProblems("PUSH_SERVICE_ACCOUNT", ","))
        .contains(
            "PUSH_SERVICE_ACCOUNT must be e-mail addresses of service accounts, separated by commas");
    assertThat(dispatcherProblems("PUSH_CERTS_URL", "https://keys.example"))
        .containsExactly("PUSH_AUDIENCE is required with PUSH_CERTS_URL");
  }

  @Test
  void heartbeat_isAThirdOfTheLease() {
    assertThat(dispatcher().config().lease().heartbeat()).isEqualTo(Duration.ofSeconds(20));
  }

  private static List<String> dispatcherProblems(String name, Object value) {
    var env = with(Environments.DISPATCHER, name, String.valueOf(value));
    return problems(WorkerConfig.fromEnv(env, Role.DISPATCHER));
  }

  /** Remembers which variables were read. */
  private static final class RecordingEnvironment extends java.util.AbstractMap<String, String> {
    private final Map<String, String> env;
    private final Set<String> read = new HashSet<>();

    private RecordingEnvironment(Map<String, String> env) {
      this.env = env;
    }

    @Override
    public @Nullable String get(Object name) {
      read.add((String) name);
      return env.get(name);
    }

    @Override
    public String getOrDefault(Object name, String fallback) {
      read.add((String) name);
      return env.getOrDefault(name, fallback);
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
      throw new AssertionError("variables are read by name");
    }
  }
}
