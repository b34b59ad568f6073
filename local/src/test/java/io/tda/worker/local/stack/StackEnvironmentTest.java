package io.tda.worker.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a stack's services see of the environment. */
final class StackEnvironmentTest {
  private static final Map<String, String> CLIENTS = Map.of("GOOGLE_CLOUD_PROJECT", "worker-dev");

  @Test
  void ofServices_keepsTheCallersSettings_butLeadsToTheStack() {
    var inherited =
        Map.of(
            "LEASE_SECONDS", "5",
            "GOOGLE_CLOUD_PROJECT", "somebodys-project",
            "PORT", "8080",
            "ENV", "prod",
            "FLOW_RUNS_COLLECTION", "elsewhere",
            "PUSH_AUDIENCE", "nobody");

    assertThat(StackEnvironment.ofServices(inherited, CLIENTS))
        .isEqualTo(
            Map.of(
                "LEASE_SECONDS", "5",
                "GOOGLE_CLOUD_PROJECT", "worker-dev",
                "PORT", "0",
                "ENV", "dev"));
  }

  @Test
  void withStub_handsNoRealKeyOn() {
    var inherited =
        Map.of(
            "GEMINI_API_KEY", "CANARY-SECRET-0001",
            "GOOGLE_API_KEY", "CANARY-SECRET-0002",
            "GEMINI_API_KEYS_JSON", "[CANARY-SECRET-0003]");

    var variables =
        StackEnvironment.withStub(
            StackEnvironment.ofServices(inherited, CLIENTS), URI.create("http://127.0.0.1:1"));

    assertThat(variables.toString()).doesNotContain("CANARY");
    assertThat(variables).containsEntry("GEMINI_BASE_URL", "http://127.0.0.1:1");
  }
}
