package io.tda.worker.local.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.events.cloud.firestore.v1.DocumentEventData;
import io.tda.worker.local.bridge.DocumentChange.Origin;
import io.tda.worker.time.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of events on their way to dispatchers. */
final class EventDeliveryTest {
  private static final Backoff SOON =
      new Backoff.Uniform(Duration.ofMillis(5), Duration.ofMillis(10));

  private final ReceivingDispatcher dispatcher = new ReceivingDispatcher();

  EventDeliveryTest() throws IOException {}

  @AfterEach
  void close() {
    dispatcher.close();
  }

  @Test
  void event_comesAgain_untilItIsAnsweredWith2xx() throws Exception {
    dispatcher.answerNext(503);
    dispatcher.answerNext(400);
    try (var delivery = delivery(BridgeFaults.NONE)) {
      delivery.accept(change(0));

      for (int i = 0; i < 3; i++) {
        assertThat(dispatcher.take().id()).isEqualTo("event-0");
      }
      assertThat(dispatcher.takeWithin(300)).isNull();
    }
  }

  @Test
  void event_waitsForADispatcher() throws Exception {
    try (var delivery = new EventDelivery(new FaultPlan(1, BridgeFaults.NONE), SOON)) {
      delivery.accept(change(0));
      assertThat(dispatcher.takeWithin(100)).isNull();
      delivery.to(List.of(dispatcher.uri()));

      assertThat(dispatcher.take().id()).isEqualTo("event-0");
    }
  }

  @Test
  void dispatchers_takeTurns() throws Exception {
    try (var other = new ReceivingDispatcher();
        var delivery = delivery(BridgeFaults.NONE)) {
      delivery.to(List.of(dispatcher.uri(), other.uri()));
      delivery.accept(change(0));
      delivery.accept(change(1));

      assertThat(dispatcher.take().id()).isNotEqualTo(other.take().id());
    }
  }

  @Test
  void events_comeTwice_whenDuplicated() throws Exception {
    try (var delivery = delivery(new BridgeFaults(1, 0, 0, Duration.ofMillis(50)))) {
      delivery.accept(change(0));

      assertThat(dispatcher.take().id()).isEqualTo(dispatcher.take().id());
    }
  }

  @Test
  void events_overtakeEachOther_whenReordered() throws Exception {
    try (var delivery = delivery(new BridgeFaults(0, 1, 0, Duration.ofSeconds(1)))) {
      for (int i = 0; i < 10; i++) {
        delivery.accept(change(i));
      }

      var order = new StringBuilder();
      for (int i = 0; i < 10; i++) {
        order.append(dispatcher.take().id().replaceAll("\\D", ""));
      }
      assertThat(order.toString()).hasSize(10).isNotEqualTo("0123456789");
    }
  }

  @Test
  void events_neverCome_whenDropped() throws Exception {
    try (var delivery = delivery(new BridgeFaults(0, 0, 1, Duration.ZERO))) {
      delivery.accept(change(0));

      assertThat(dispatcher.takeWithin(300)).isNull();
      assertThat(delivery.pending()).isZero();
    }
  }

  @Test
  void eachDelivery_isATraceOfItsOwn() throws Exception {
    dispatcher.answerNext(503);
    try (var delivery = delivery(BridgeFaults.NONE)) {
      delivery.accept(change(0));

      var first = dispatcher.take().headers().getOrDefault("Traceparent", "");
      assertThat(first).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
      assertThat(dispatcher.take().headers().get("Traceparent")).isNotEqualTo(first);
    }
  }

  private EventDelivery delivery(BridgeFaults faults) {
    var delivery = new EventDelivery(new FaultPlan(1, faults), SOON);
    delivery.to(List.of(dispatcher.uri()));
    return delivery;
  }

  private static DocumentChange change(int number) {
    return DocumentChange.of(
        "event-" + number,
        Instant.parse("2026-03-01T12:00:00Z"),
        new Origin("demo", "(default)", "us-central1"),
        "flow_runs/r" + number,
        DocumentEventData.getDefaultInstance());
  }
}
