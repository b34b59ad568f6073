package io.tda.worker.executor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.adapter.http.ServiceRun;
import io.tda.worker.adapter.http.TokenIssuer;
import io.tda.worker.emulator.gemini.ModelReply;
import io.tda.worker.executor.http.DeadLetterPushes;
import io.tda.worker.executor.http.StepClaimedPushes;
import io.tda.worker.flow.StepStatus;
import io.tda.worker.lease.StepLease;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The executor as a process, as it is deployed, against Google's Firestore emulator, a storage
 * server and a model that does as it is told.
 */
class ExecutorMainIT {
  private static final int TERMINATED = 128 + 15;
  private static final Duration SHUTDOWN = Duration.ofSeconds(8);

  private ServicePlatform platform;

  @BeforeEach
  void start() throws Exception {
    platform = new ServicePlatform();
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void process_makesTheReport_once() throws Exception {
    try (var service = run()) {
      assertThat(push(service)).as(service::text).isEqualTo(204);

      assertThat(platform.step().status()).isEqualTo(StepStatus.SUCCEEDED);
      assertThat(platform.lease()).isEmpty();
      assertThat(service.names())
          .containsSubsequence(
              "config_loaded",
              "service_started",
              "step_claimed_received",
              "lease_acquired",
              "llm_request_started",
              "llm_request_finished",
              "gcs_write_finished",
              "step_completed",
              "push_finished");

      assertThat(push(service)).isEqualTo(204);
      assertThat(service.names()).endsWith("step_claim_stale", "push_finished");
      assertThat(platform.model.calls()).hasSize(1);
      assertThat(service.text()).doesNotContain(ServicePlatform.KEY);
    }
  }

  @Test
  void process_handsTheStepBack_whenItIsToldToEndWhileTheModelThinks() throws Exception {
    platform.model.next(new ModelReply.Stalled());
    try (var service = run()) {
      var answer = service.post(StepClaimedPushes.PATH, Map.of(), platform.push());
      service.await("llm_request_started");
      assertThat(push(service)).as(service::text).isEqualTo(429);

      var told = System.nanoTime();
      service.terminate();
      assertThat(answer.get().statusCode()).isEqualTo(503);
      assertThat(service.exitCode()).isEqualTo(TERMINATED);
      assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(SHUTDOWN);

      assertThat(service.names())
          .containsSubsequence("service_stopping", "lease_released", "service_stopped");
      var lease = platform.lease().orElseThrow().value();
      assertThat(lease.holder()).isEqualTo(new StepLease.Holder.Queue());
      assertThat(lease.effort()).isEqualTo(new StepLease.Effort(1, 1));
    }
    try (var next = run()) {
      assertThat(push(next)).as(next::text).isEqualTo(204);
      assertThat(platform.step().status()).isEqualTo(StepStatus.SUCCEEDED);
      assertThat(platform.model.calls()).hasSize(2);
    }
  }

  @Test
  void process_refusesWhatIsNoClaim_andTakesItAsADeadLetter() throws Exception {
    try (var service = run()) {
      var noClaim = "{\"message\":{\"messageId\":\"1\",\"data\":\"e30=\"}}".getBytes(UTF_8);
      var push = service.post(StepClaimedPushes.PATH, Map.of(), noClaim).get();
      var letter = service.post(DeadLetterPushes.PATH, Map.of(), noClaim).get();

      assertThat(push.statusCode()).isEqualTo(400);
      assertThat(push.body()).isEmpty();
      assertThat(letter.statusCode()).isEqualTo(204);
      assertThat(service.await("claim_dead_lettered").path("outcome").asText())
          .isEqualTo("unreadable");
      assertThat(service.post(StepClaimedPushes.PATH, Map.of(), new byte[128 * 1024 + 1]).get())
          .extracting(it -> it.statusCode())
          .isEqualTo(413);
    }
  }

  @Test
  void process_endsTheStep_ofADeadLetter() throws Exception {
    try (var service = run()) {
      var letter = service.post(DeadLetterPushes.PATH, Map.of(), platform.push()).get();

      assertThat(letter.statusCode()).isEqualTo(204);
      assertThat(platform.step().status()).isEqualTo(StepStatus.FAILED);
      assertThat(platform.model.calls()).isEmpty();
    }
  }

  @Test
  void process_takesAClaim_onlyFromWhoHasAGoodToken_whenItIsToldToVerify() throws Exception {
    try (var issuer = new TokenIssuer(InstantSource.system());
        var service = run(verifyingWith(issuer))) {
      var answers = new LinkedHashMap<String, Integer>();
      answers.put(issuer.expired(), 401);
      answers.put(issuer.unsigned(), 401);
      answers.put(issuer.signedByAnother(), 401);
      answers.put(issuer.tokenFor("https://another.example"), 403);
      answers.put(issuer.tokenOf("another@example.iam.gserviceaccount.com"), 403);
      for (var answer : answers.entrySet()) {
        assertThat(push(service, answer.getKey())).isEqualTo(answer.getValue());
      }
      assertThat(push(service)).isEqualTo(401);
      assertThat(platform.step().status()).isEqualTo(StepStatus.RUNNING);
      assertThat(service.names()).doesNotContain("step_claimed_received");

      var good = issuer.token();
      assertThat(push(service, good)).as(service::text).isEqualTo(204);
      assertThat(platform.step().status()).isEqualTo(StepStatus.SUCCEEDED);
      assertThat(service.text())
          .doesNotContain(answers.keySet())
          .doesNotContain(good.split("\\.", -1));
    }
  }

  private Map<String, String> verifyingWith(TokenIssuer issuer) {
    var environment = new HashMap<>(platform.environment());
    environment.put("PUSH_AUDIENCE", TokenIssuer.AUDIENCE);
    environment.put("PUSH_SERVICE_ACCOUNT", TokenIssuer.ACCOUNT);
    environment.put("PUSH_CERTS_URL", issuer.keys().toString());
    return environment;
  }

  private ServiceRun run() throws Exception {
    return run(platform.environment());
  }

  private static ServiceRun run(Map<String, String> environment) throws Exception {
    return ServiceRun.start("worker-executor", ExecutorMain.class.getName(), environment);
  }

  private int push(ServiceRun service, String token) throws Exception {
    var headers = Map.of("Authorization", "Bearer " + token);
    return service.post(StepClaimedPushes.PATH, headers, platform.push()).get().statusCode();
  }

  private int push(ServiceRun service) throws Exception {
    var answer = service.post(StepClaimedPushes.PATH, Map.of(), platform.push());
    try {
      return answer.get().statusCode();
    } catch (ExecutionException e) {
      throw new AssertionError(service.text(), e);
    }
  }
}
