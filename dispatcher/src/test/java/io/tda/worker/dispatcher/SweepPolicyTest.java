package io.tda.worker.dispatcher;

import static io.tda.worker.dispatcher.DispatcherFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.flow.Claim;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.FlowRunParser;
import io.tda.worker.flow.RunFixtures;
import io.tda.worker.flow.RunRead;
import io.tda.worker.flow.StepError;
import io.tda.worker.id.ClaimId;
import io.tda.worker.lease.StepLease;
import io.tda.worker.lease.StepLease.Effort;
import io.tda.worker.lease.StepLease.Holder;
import io.tda.worker.store.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an expired lease needs. */
class SweepPolicyTest {
  private static final Duration TERM = Duration.ofMinutes(15);
  private static final Holder QUEUE = new Holder.Queue();
  private static final Holder EXECUTOR = new Holder.Executor("executor-1");
  private static final SweepPolicy POLICY = new SweepPolicy(3, Duration.ofHours(24));

  @ParameterizedTest
  @ValueSource(strings = {"SUCCEEDED", "FAILED", "SKIPPED", "CANCELLED", "READY", "PENDING"})
  void remedy_isToDelete_whenTheStepIsNotRunning(String status) {
    assertThat(remedy(lease(QUEUE, 1), run("RUNNING", status))).isEqualTo(new Remedy.Delete());
    assertThat(remedy(lease(EXECUTOR, 1), run("RUNNING", status))).isEqualTo(new Remedy.Delete());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PENDING", "SUCCEEDED", "FAILED", "CANCELLED"})
  void remedy_isToDelete_whenTheRunIsNotRunning(String status) {
    assertThat(remedy(lease(EXECUTOR, 1), run(status, "RUNNING"))).isEqualTo(new Remedy.Delete());
  }

  @Test
  void remedy_isToDelete_whenNobodyCanEndTheStep() {
    assertThat(remedy(lease(QUEUE, 1), new RunRead.Missing())).isEqualTo(new Remedy.Delete());
    assertThat(remedy(lease(QUEUE, 1), new RunRead.Invalid(List.of())))
        .isEqualTo(new Remedy.Delete());
  }

  @Test
  void remedy_isToReclaim_whenTheExecutorDied() {
    var run = run("RUNNING", "RUNNING");

    assertThat(remedy(lease(EXECUTOR, 1), run)).isEqualTo(new Remedy.Reclaim(run.run()));
    assertThat(remedy(lease(EXECUTOR, 2), run)).isEqualTo(new Remedy.Reclaim(run.run()));
  }

  @Test
  void remedy_isToFail_whenTheStepHasUsedUpItsClaims() {
    var run = run("RUNNING", "RUNNING");

    assertThat(remedy(lease(EXECUTOR, 3), run))
        .isEqualTo(
            new Remedy.Fail(
                run.run(),
                StepError.of(ErrorCode.LEASE_EXPIRED, "the step has used up its claims")));
  }

  @ParameterizedTest
  @CsvSource({"900, 1800", "10799, 21598", "10800, 21600", "10801, 21600", "21600, 21600"})
  void remedy_isToPublishAgain_withTwiceTheTerm_sixHoursAtMost(long term, long next) {
    var run = run("RUNNING", "RUNNING");
    var lease = lease(QUEUE, 3).until(NOW, Duration.ofSeconds(term));

    assertThat(remedy(lease, run))
        .isEqualTo(new Remedy.Republish(run.run(), Duration.ofSeconds(next)));
  }

  @Test
  void remedy_isToFail_whenTheClaimHasWaitedTooLong() {
    var run = run("RUNNING", "RUNNING");
    var lease = lease(QUEUE, 1, NOW.minus(Duration.ofHours(24)), null);
    var younger = lease(QUEUE, 1, NOW.minus(Duration.ofHours(24)).plusMillis(1), null);

    assertThat(remedy(lease, run))
        .isInstanceOfSatisfying(
            Remedy.Fail.class,
            fail -> assertThat(fail.error().code()).isEqualTo(ErrorCode.LEASE_EXPIRED));
    assertThat(remedy(younger, run)).isInstanceOf(Remedy.Republish.class);
  }

  @Test
  void remedy_failsForGood_withWhatTheLastExecutorSaid() {
    var lease = lease(QUEUE, 1, NOW.minus(Duration.ofHours(25)), ErrorCode.RATE_LIMITED);

    assertThat(remedy(lease, run("RUNNING", "RUNNING")))
        .isInstanceOfSatisfying(
            Remedy.Fail.class,
            fail -> {
              assertThat(fail.error().code()).isEqualTo(ErrorCode.RATE_LIMITED);
              assertThat(fail.error().retryable()).isFalse();
            });
  }

  private static Remedy remedy(StepLease lease, RunRead run) {
    return POLICY.remedy(lease, run, NOW);
  }

  private static StepLease lease(Holder holder, int attempt) {
    return lease(holder, attempt, NOW.minus(TERM), null);
  }

  private static StepLease lease(
      Holder holder, int attempt, Instant claimedAt, @Nullable ErrorCode lastError) {
    var claim =
        new Claim(
            DispatcherFixture.key("a"),
            "LLM_REPORT",
            new ClaimId("00000000-0000-7000-8000-000000000001"),
            attempt,
            "event-1",
            claimedAt);
    return new StepLease(claim, holder, NOW, TERM, Effort.NONE, lastError, null);
  }

  private static RunRead.Found run(String status, String stepStatus) {
    var fields = RunFixtures.run(status, Map.of("a", DispatcherFixture.step(stepStatus)));
    var id = DispatcherFixture.RUN;
    if (FlowRunParser.parse(id, fields) instanceof FlowRunParser.Result.Parsed(var run)) {
      return new RunRead.Found(new Versioned<>(run, NOW));
    }
    throw new IllegalStateException("the fixture is no run");
  }
}
