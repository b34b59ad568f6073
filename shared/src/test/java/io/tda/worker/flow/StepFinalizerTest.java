package io.tda.worker.flow;

import static io.tda.worker.flow.RunFixtures.CLAIMED_AT;
import static io.tda.worker.flow.RunFixtures.FINISHED_AT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.flow.FinalizeResult.Contended;
import io.tda.worker.flow.FinalizeResult.Finalized;
import io.tda.worker.flow.FinalizeResult.Superseded;
import io.tda.worker.flow.FlowRunRepository.Fence;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.id.StepKey;
import io.tda.worker.store.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StepFinalizerTest {
  private static final StepKey STEP = new StepKey(new RunId("run-1"), new StepId("a"));
  private static final Claim CLAIM = RunFixtures.claim(STEP);
  private static final Fence FENCE = new Fence(CLAIM.id(), "executor-1", CLAIMED_AT);

  private final List<Duration> waits = new ArrayList<>();

  @Test
  void finish_asksOnce_whenNobodyIsInTheWay() {
    var runs = new ScriptedFinishes(List.of(new Finalized()));

    assertThat(finish(runs)).isEqualTo(new Finalized());
    assertThat(runs.fences).containsExactly(FENCE);
    assertThat(waits).isEmpty();
  }

  @Test
  void finish_triesAgainWithTheNewTimes_afterAShortWait() {
    var runs = new ScriptedFinishes(List.of(contended(1), contended(2), new Finalized()));

    assertThat(finish(runs)).isEqualTo(new Finalized());
    assertThat(runs.runTimes)
        .containsExactly(CLAIMED_AT, CLAIMED_AT.plusSeconds(1), CLAIMED_AT.plusSeconds(2));
    assertThat(runs.fences.get(2))
        .isEqualTo(new Fence(CLAIM.id(), "executor-1", FINISHED_AT.plusSeconds(2)));
    assertThat(waits).hasSize(2).allMatch(wait -> wait.toMillis() >= 100 && wait.toMillis() <= 500);
  }

  @Test
  void finish_stops_whenTheLeaseIsLost() {
    var runs = new ScriptedFinishes(List.of(contended(1), new Superseded()));

    assertThat(finish(runs)).isEqualTo(new Superseded());
  }

  @Test
  void finish_givesUpAfterFiveTries() {
    var runs =
        new ScriptedFinishes(
            List.of(contended(1), contended(2), contended(3), contended(4), contended(5)));

    assertThat(finish(runs)).isEqualTo(contended(5));
    assertThat(waits).hasSize(4);
  }

  @Test
  void finishAbandoned_triesAgain_whenOnlyTheRunHasChanged() {
    var changed = new Contended(CLAIMED_AT.plusSeconds(1), FENCE.leaseUpdateTime());
    var runs = new ScriptedFinishes(List.of(changed, new Finalized()));

    assertThat(finishAbandoned(runs)).isEqualTo(new Finalized());
    assertThat(runs.runTimes).containsExactly(CLAIMED_AT, CLAIMED_AT.plusSeconds(1));
    assertThat(runs.fences).containsExactly(FENCE, FENCE);
  }

  @Test
  void finishAbandoned_isSuperseded_whenTheHolderShowsASignOfLife() {
    var runs = new ScriptedFinishes(List.of(contended(1), new Finalized()));

    assertThat(finishAbandoned(runs)).isEqualTo(new Superseded());
    assertThat(runs.fences).hasSize(1);
  }

  @Test
  void finishAbandoned_givesUpAfterFiveTries() {
    var changed = new Contended(CLAIMED_AT.plusSeconds(1), FENCE.leaseUpdateTime());
    var runs = new ScriptedFinishes(Collections.nCopies(5, changed));

    assertThat(finishAbandoned(runs)).isEqualTo(changed);
    assertThat(runs.fences).hasSize(5);
  }

  private FinalizeResult finishAbandoned(FlowRunRepository runs) {
    return new StepFinalizer(runs, waits::add, RandomGenerator.of("L64X128MixRandom"))
        .finishAbandoned(STEP, RunFixtures.failed(CLAIM, FINISHED_AT), FENCE, CLAIMED_AT);
  }

  private FinalizeResult finish(FlowRunRepository runs) {
    return new StepFinalizer(runs, waits::add, RandomGenerator.of("L64X128MixRandom"))
        .finish(STEP, RunFixtures.succeeded(CLAIM, FINISHED_AT), FENCE, CLAIMED_AT);
  }

  private static Contended contended(int n) {
    return new Contended(CLAIMED_AT.plusSeconds(n), FINISHED_AT.plusSeconds(n));
  }

  private static final class ScriptedFinishes implements FlowRunRepository {
    private final Queue<FinalizeResult> results;
    private final List<@Nullable Fence> fences = new ArrayList<>();
    private final List<Instant> runTimes = new ArrayList<>();

    ScriptedFinishes(List<FinalizeResult> results) {
      this.results = new ArrayDeque<>(results);
    }

    @Override
    public FinalizeResult finish(
        StepKey step, StepOutcome outcome, @Nullable Fence fence, Instant runUpdateTime) {
      fences.add(fence);
      runTimes.add(runUpdateTime);
      return results.remove();
    }

    @Override
    public RunRead read(RunId id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ClaimResult claim(Versioned<FlowRun> run, List<Claim> claims, Duration lease) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ClaimResult adopt(Versioned<FlowRun> run, List<Claim> claims, Duration lease) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<RunId> running(@Nullable RunId after, int limit) {
      throw new UnsupportedOperationException();
    }
  }
}
