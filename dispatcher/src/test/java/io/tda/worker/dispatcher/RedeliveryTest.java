package io.tda.worker.dispatcher;

import static io.tda.worker.dispatcher.DispatcherFixture.event;
import static io.tda.worker.dispatcher.DispatcherFixture.key;
import static io.tda.worker.dispatcher.DispatcherFixture.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.lease.LeaseWrite;
import io.tda.worker.lease.StepLease;
import io.tda.worker.lease.StepLease.Holder;
import io.tda.worker.store.Document;
import io.tda.worker.store.LossyDocumentStore.Loss;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same event again: what it claimed before is what it publishes. */
class RedeliveryTest {
  private final DispatcherFixture fixture = new DispatcherFixture();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void handle_publishesTheSameClaim_whenItsMessageWasLost(boolean withBody) {
    var snapshot = fixture.putRun("RUNNING", Map.of("a", ready()));
    fixture.publisher.failOnce();
    assertThat(fixture.handler().handle(event("e1", body(snapshot, withBody))))
        .isInstanceOf(EventOutcome.Redeliver.class);
    fixture.log.clear();

    var again = fixture.handler().handle(event("e1", body(snapshot, withBody)));

    assertThat(again).isEqualTo(new EventOutcome.Dispatched(fixture.published.claims()));
    assertThat(fixture.published.sent())
        .extracting(RecordingStepPublisher.Sent::message)
        .isEqualTo(fixture.publisher.refused());
    assertThat(fixture.log.names()).contains("step_claimed_republished");
    assertThat(fixture.lease("a").orElseThrow().value().claim().attempt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void handle_publishesTheLostClaim_beforeItClaimsWhatElseIsFree(boolean withBody) {
    var snapshot = fixture.putRun("RUNNING", Map.of("a", ready(), "b", ready()));
    fixture.publisher.failOnce();
    fixture.handler().handle(event("e1", body(snapshot, withBody)));

    fixture.handler().handle(event("e1", body(snapshot, withBody)));

    assertThat(fixture.published.claims()).hasSize(1);
    assertThat(fixture.published.claims().getFirst().step()).isEqualTo(key("a"));
    assertThat(fixture.status("b")).isEqualTo("READY");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void handle_publishesAllClaimsOfTheEvent_whenOneMessageWasLost(boolean withBody) {
    var snapshot = fixture.putRun("RUNNING", Map.of("a", ready(), "b", ready(), "c", ready()));
    fixture.publisher.failOnce();
    fixture.handler(2).handle(event("e1", body(snapshot, withBody)));

    fixture.handler(2).handle(event("e1", body(snapshot, withBody)));

    assertThat(fixture.published.claims())
        .extracting(claim -> claim.step().toString())
        .containsExactly(key("b").toString(), key("a").toString(), key("b").toString());
    assertThat(fixture.published.claims().stream().distinct()).hasSize(2);
  }

  @Test
  void handle_leavesTheClaimOfAnotherEventAlone() {
    var snapshot = fixture.putRun("RUNNING", Map.of("a", ready()));
    fixture.publisher.failOnce();
    fixture.handler().handle(event("e1", snapshot));
    var lease = fixture.lease("a");

    fixture.handler().handle(event("e2", snapshot));
    fixture.handler().handle(event("e3", null));

    assertThat(fixture.published.sent()).isEmpty();
    assertThat(fixture.lease("a")).isEqualTo(lease);
  }

  @Test
  void handle_leavesAClaimAlone_thatAnExecutorHasTakenUp() {
    var snapshot = fixture.putRun("RUNNING", Map.of("a", ready()));
    fixture.handler().handle(event("e1", snapshot));
    acquire("a");

    fixture.handler().handle(event("e1", snapshot));

    assertThat(fixture.published.sent()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE, value = Loss.class)
  void handle_claimsOnce_whenTheAnswerToTheClaimIsLost(Loss loss) {
    var snapshot = fixture.putRun("RUNNING", Map.of("a", ready(), "b", ready()));
    fixture.lossy.lose(loss);

    var outcome = fixture.handler().handle(event("e1", snapshot));
    if (outcome instanceof EventOutcome.Redeliver) {
      fixture.handler().handle(event("e1", snapshot));
    }

    assertThat(fixture.published.claims())
        .containsExactly(fixture.lease("a").orElseThrow().value().claim());
    assertThat(fixture.status("b")).isEqualTo("READY");
  }

  @Test
  void handle_readsNoLeases_whereNoStepIsRunning() {
    fixture.putRun("RUNNING", Map.of("a", ready()));

    fixture.handler().handle(event("e1", null));

    assertThat(fixture.store.reads()).isEqualTo(1);
    assertThat(fixture.store.commits()).hasSize(1);
  }

  private void acquire(String step) {
    var lease = fixture.lease(step).orElseThrow();
    var held =
        new StepLease(
            lease.value().claim(),
            new Holder.Executor("executor-1"),
            lease.value().expiresAt(),
            lease.value().term(),
            new StepLease.Effort(1, 0),
            null,
            null);
    assertThat(fixture.leases.write(held, lease.updateTime()))
        .isInstanceOf(LeaseWrite.Written.class);
  }

  private static @Nullable Document body(Document snapshot, boolean withBody) {
    return withBody ? snapshot : null;
  }
}
