package io.tda.worker.local.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.firestore.FieldPath;
import io.tda.worker.dispatcher.CloudEventParser;
import io.tda.worker.local.bridge.BridgedRuns.By;
import io.tda.worker.local.bridge.BridgedRuns.Project;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From a write in the real Firestore emulator to a dispatcher. */
final class EventarcBridgeIT {
  private static final Map<String, Object> RUN =
      Map.of("status", "RUNNING", "steps", Map.of("llm:4h", Map.of("status", "READY")));

  private static BridgedRuns bridged;

  private final ReceivingDispatcher dispatcher = new ReceivingDispatcher();

  EventarcBridgeIT() throws IOException {}

  @BeforeAll
  static void start() {
    bridged = new BridgedRuns();
  }

  @AfterAll
  static void end() {
    bridged.close();
  }

  private Project open(By by) {
    bridged.bridge().deliverTo(dispatcher.uri());
    return bridged.project(by);
  }

  /** What is not answered yet would come again, to the next test's dispatcher. */
  @AfterEach
  void close() throws InterruptedException {
    for (int i = 0; i < 1000 && bridged.bridge().pending() > 0; i++) {
      dispatcher.takeWithin(20);
    }
    assertThat(bridged.bridge().pending()).isZero();
    dispatcher.close();
  }

  @Test
  void creation_comesAsProductionSendsIt() throws Exception {
    var runs = open(By.EMULATOR);
    runs.run("r1").create(RUN).get();

    var event = dispatcher.take();
    assertThat(event.headers())
        .containsEntry("Ce-specversion", "1.0")
        .containsEntry("Ce-type", "google.cloud.firestore.document.v1.written")
        .containsEntry("Ce-subject", "documents/flow_runs/r1")
        .containsEntry("Ce-document", "flow_runs/r1")
        .containsEntry(
            "Ce-source",
            "//firestore.googleapis.com/projects/" + runs.id() + "/databases/(default)")
        .containsEntry("Content-type", "application/protobuf")
        .containsKey("Traceparent");
    assertThat(event.data().hasOldValue()).isFalse();
    assertThat(event.data().hasUpdateMask()).isFalse();
    assertThat(event.parsed()).isInstanceOf(CloudEventParser.Result.Changed.class);
  }

  @Test
  void update_bringsOldValueNewValueAndMask() throws Exception {
    var runs = open(By.EMULATOR);
    create(runs);
    runs.run("r1").update(FieldPath.of("steps", "llm:4h", "status"), "RUNNING").get();

    assertUpdate(dispatcher.take());
  }

  /** Returns when its event is there: deliveries are parallel, the next one could overtake it. */
  private void create(Project runs) throws Exception {
    runs.run("r1").create(RUN).get();
    dispatcher.take();
  }

  private static void assertUpdate(ReceivingDispatcher.Received event) {
    var data = event.data();
    assertThat(data.getUpdateMask().getFieldPathsList()).containsExactly("steps.`llm:4h`.status");
    assertThat(data.getOldValue().toString()).contains("READY");
    assertThat(data.getValue().toString()).doesNotContain("READY");
    assertThat(data.getValue().getUpdateTime()).isNotEqualTo(data.getOldValue().getUpdateTime());
  }

  @Test
  void deletion_bringsTheOldValueOnly() throws Exception {
    var runs = open(By.EMULATOR);
    create(runs);
    runs.run("r1").delete().get();

    var event = dispatcher.take();
    assertThat(event.data().hasValue()).isFalse();
    assertThat(event.data().hasOldValue()).isTrue();
    assertThat(event.parsed()).isInstanceOf(CloudEventParser.Result.Ignored.class);
  }

  @Test
  void event_comesAgain_untilItIsAcknowledged() throws Exception {
    dispatcher.answerNext(503);
    dispatcher.answerNext(400);
    var runs = open(By.EMULATOR);
    runs.run("r1").create(RUN).get();

    var first = dispatcher.take();
    assertThat(dispatcher.take().id()).isEqualTo(first.id());
    assertThat(dispatcher.take().id()).isEqualTo(first.id());
    assertThat(dispatcher.takeWithin(300)).isNull();
  }

  @Test
  void otherCollections_bringNoEvents() throws Exception {
    var runs = open(By.EMULATOR);
    runs.firestore().collection("step_leases").document("x").create(RUN).get();
    runs.run("r1").collection("flow_runs").document("deep").create(RUN).get();
    runs.run("r1").create(RUN).get();

    assertThat(dispatcher.take().headers()).containsEntry("Ce-document", "flow_runs/r1");
    assertThat(dispatcher.takeWithin(300)).isNull();
  }

  @Test
  void changes_areListenedFor_whenTheEmulatorIsNotOurs() throws Exception {
    var runs = open(By.LISTENER);
    runs.run("r1").create(RUN).get();
    var created = dispatcher.take();
    runs.run("r1").update(FieldPath.of("steps", "llm:4h", "status"), "RUNNING").get();
    var updated = dispatcher.take();
    runs.run("r1").delete().get();

    assertThat(created.data().hasOldValue()).isFalse();
    assertThat(created.parsed()).isInstanceOf(CloudEventParser.Result.Changed.class);
    assertUpdate(updated);
    assertThat(Set.of(created.id(), updated.id())).hasSize(2);
    assertThat(dispatcher.take().data().hasValue()).isFalse();
  }
}
