package io.tda.worker.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.adapter.firestore.FirestoreDocumentStore;
import io.tda.worker.adapter.firestore.FirestoreEmulator;
import io.tda.worker.adapter.http.ServiceRun;
import io.tda.worker.dispatcher.http.FlowRunEvents;
import io.tda.worker.dispatcher.http.RecoveryCalls;
import io.tda.worker.emulator.Emulator;
import io.tda.worker.emulator.EmulatorKind;
import io.tda.worker.emulator.EmulatorLauncher;
import io.tda.worker.emulator.pubsub.PubSubSetup;
import io.tda.worker.flow.RunFixtures;
import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The dispatcher as a process, as it is deployed, against Google's emulators. */
class DispatcherMainIT {
  private static final String PROJECT = "test-project";
  private static final String TOPIC = "dispatcher-main";
  private static final String CANARY = "canary-7d20";
  private static final int TERMINATED = 128 + 15;
  private static Emulator pubsub;

  @BeforeAll
  static void start() {
    pubsub = EmulatorLauncher.of(System.getenv(), System.out::println).require(EmulatorKind.PUBSUB);
    try (var topics = new PubSubSetup(pubsub.host(), PROJECT)) {
      topics.createTopic(TOPIC);
      topics.createPullSubscription(TOPIC, TOPIC);
    }
  }

  @AfterAll
  static void stop() {
    pubsub.close();
  }

  @Test
  void process_claimsAndPublishes_andEndsOnASignal() throws Exception {
    try (var service = run(environment());
        var firestore = FirestoreEmulator.connect();
        var topics = new PubSubSetup(pubsub.host(), PROJECT)) {
      var answer = service.post(FlowRunEvents.PATH, headers(), event(put(firestore))).get();

      assertThat(answer.statusCode()).isEqualTo(204);
      assertThat(answer.body()).isEmpty();
      assertThat(topics.await(TOPIC, 1)).hasSize(1);
      assertThat(service.names())
          .containsSubsequence(
              "config_loaded",
              "service_started",
              "cloud_event_received",
              "cloud_event_parsed",
              "ready_step_selected",
              "claim_attempt",
              "step_claimed_published",
              "cloud_event_finished");
      assertThat(service.get("/health/live")).isEqualTo(204);
      assertThat(service.get("/health/ready")).isEqualTo(204);

      service.terminate();
      assertThat(service.exitCode()).isEqualTo(TERMINATED);
      assertThat(service.names()).endsWith("service_stopping", "service_stopped");
    }
  }

  @Test
  void process_sweepsAndReconciles() throws Exception {
    try (var service = run(environment())) {
      var sweep = service.post(RecoveryCalls.SWEEP_PATH, Map.of(), new byte[0]).get();
      var reconcile = service.post(RecoveryCalls.RECONCILE_PATH, Map.of(), new byte[0]).get();

      assertThat(sweep.statusCode()).isEqualTo(200);
      assertThat(sweep.body())
          .startsWith("{\"expired\":")
          .contains("\"reclaimed\":", "\"failed\":", "\"deleted\":", "\"complete\":");
      assertThat(reconcile.statusCode()).isEqualTo(200);
      assertThat(reconcile.body())
          .startsWith("{\"runs\":")
          .contains("\"claimed\":", "\"complete\":");
    }
  }

  @Test
  void process_turnsAwayWhoHasNoToken_whenItIsToldToVerify() throws Exception {
    var environment = environment();
    environment.put("PUSH_AUDIENCE", "https://dispatcher.example");
    environment.put("PUSH_SERVICE_ACCOUNT", "events@example.iam.gserviceaccount.com");
    try (var service = run(environment)) {
      var token = Map.of("Authorization", "Bearer " + CANARY);

      assertThat(service.post(RecoveryCalls.SWEEP_PATH, Map.of(), new byte[0]).get().statusCode())
          .isEqualTo(401);
      assertThat(service.post(FlowRunEvents.PATH, token, new byte[0]).get().statusCode())
          .isEqualTo(401);
      assertThat(service.get("/health/ready")).isEqualTo(204);
      assertThat(service.text()).doesNotContain(CANARY, "sweep_started");
    }
  }

  @Test
  void process_namesAllProblems_whenItsSettingsAreInvalid() throws Exception {
    try (var service = run(new HashMap<>(Map.of("PORT", "http", "MAX_CLAIMS_PER_EVENT", CANARY)))) {
      assertThat(service.exitCode()).isEqualTo(78);
      var problems = service.await("config_invalid").path("problems");
      assertThat(problems).hasSize(3);
      assertThat(problems.toString())
          .contains("GOOGLE_CLOUD_PROJECT", "PORT", "MAX_CLAIMS_PER_EVENT")
          .doesNotContain(CANARY);
    }
  }

  private static ServiceRun run(Map<String, String> environment) throws Exception {
    return ServiceRun.start("worker-dispatcher", DispatcherMain.class.getName(), environment);
  }

  private static Map<String, String> environment() {
    return new HashMap<>(
        Map.of(
            "GOOGLE_CLOUD_PROJECT",
            PROJECT,
            "FIRESTORE_EMULATOR_HOST",
            FirestoreEmulator.host(),
            "PUBSUB_EMULATOR_HOST",
            pubsub.host(),
            "STEP_CLAIMED_TOPIC",
            TOPIC,
            "PORT",
            "0"));
  }

  private static Map<String, String> headers() {
    return FirestoreEvents.headers(
        "google.cloud.firestore.document.v1.written", "documents/flow_runs/dispatcher-main");
  }

  private static Document put(FirestoreDocumentStore firestore) {
    var ref = new DocumentRef("flow_runs", "dispatcher-main");
    var fields = RunFixtures.run("RUNNING", Map.of("a", RunFixtures.step("READY")));
    firestore.commit(List.of(new Write.Set(ref, fields, new Precondition.None())));
    return firestore.getAll(List.of(ref)).getFirst().orElseThrow();
  }

  private static byte[] event(Document document) {
    return FirestoreEvents.changed(document.data(), document.updateTime()).toByteArray();
  }
}
