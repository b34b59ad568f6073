package io.tda.worker.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.adapter.http.Answer;
import io.tda.worker.adapter.http.HttpCall;
import io.tda.worker.config.RunIdFilter;
import io.tda.worker.dispatcher.http.FlowRunEvents;
import io.tda.worker.flow.RunFixtures;
import io.tda.worker.log.OutputEvent.PushFinished;
import io.tda.worker.store.Document;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Eventarc is answered. */
final class FlowRunEventsTest {
  private static final byte[] NONE = {};

  private final DispatcherFixture dispatcher = new DispatcherFixture();
  private final FlowRunEvents events =
      new FlowRunEvents(
          new CloudEventParser(
              new CloudEventParser.EventScope("(default)", "flow_runs", RunIdFilter.ALL)),
          dispatcher.handler(),
          dispatcher.log);

  @Test
  void event_isDone_whenItsStepIsPublished() {
    assertThat(post(body(put("READY")))).isEqualTo(Answer.DONE);
    assertThat(dispatcher.published.claims()).hasSize(1);
  }

  @Test
  void event_isDone_whenThereIsNothingToDo() {
    assertThat(post(body(put("SUCCEEDED")))).isEqualTo(Answer.DONE);
  }

  @Test
  void event_isDone_whenTheRunIsBrokenOrGone() {
    assertThat(post(NONE)).isEqualTo(Answer.DONE);
    dispatcher.put(Map.of("status", "NONSENSE", "steps", Map.of()));
    assertThat(post(NONE)).isEqualTo(Answer.DONE);
  }

  @Test
  void event_isDone_whenItsStepCanNeverRun() {
    var step = new HashMap<>(RunFixtures.step("READY"));
    step.put("dependsOn", List.of("nobody"));
    assertThat(post(body(dispatcher.putRun("RUNNING", Map.of("a", step))))).isEqualTo(Answer.DONE);
    assertThat(dispatcher.status("a")).isEqualTo("FAILED");
  }

  @Test
  void event_comesAgain_whenItsStepCannotBePublished() {
    var body = body(put("READY"));
    dispatcher.publisher.failOnce();

    assertThat(post(body)).isEqualTo(Answer.COME_AGAIN);
    assertThat(post(body)).isEqualTo(Answer.DONE);
  }

  @Test
  void request_isRefused_whenItIsNoEvent() {
    assertThat(events.handle(new HttpCall(Map.of(), NONE))).isEqualTo(Answer.BAD_REQUEST);
    assertThat(dispatcher.log.entries())
        .extracting(it -> it.event())
        .containsExactly(new PushFinished(400));
  }

  private Document put(String status) {
    return dispatcher.putRun("RUNNING", Map.of("a", RunFixtures.step(status)));
  }

  private static byte[] body(Document run) {
    return FirestoreEvents.changed(run.data(), run.updateTime()).toByteArray();
  }

  private Answer post(byte[] body) {
    var headers =
        FirestoreEvents.headers(
            "google.cloud.firestore.document.v1.written",
            "documents/flow_runs/" + DispatcherFixture.RUN);
    return events.handle(new HttpCall(headers, body));
  }
}
