package io.tda.worker.flow;

import io.tda.worker.flow.FlowRunRepository.Fence;
import io.tda.worker.id.StepKey;
import io.tda.worker.time.Backoff;
import io.tda.worker.time.Sleeper;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Ends a step against writers of the same run document: tries again for as long as only something
 * else in the document changed.
 */
public final class StepFinalizer {
  private static final int MAX_ATTEMPTS = 5;

  private final FlowRunRepository runs;
  private final Sleeper sleeper;
  private final RandomGenerator random;

  public StepFinalizer(FlowRunRepository runs, Sleeper sleeper, RandomGenerator random) {
    this.runs = runs;
    this.sleeper = sleeper;
    this.random = random;
  }

  /**
   * Ends the step. Faults are thrown as {@link StepException}; repeating is safe.
   *
   * @param fence what the lease must still say; null for a step without one
   * @param runUpdateTime the run document's update time as it was last read
   * @return {@link FinalizeResult.Contended} only where every try met another change
   */
  public FinalizeResult finish(
      StepKey step, StepOutcome outcome, @Nullable Fence fence, Instant runUpdateTime) {
    var result = runs.finish(step, outcome, fence, runUpdateTime);
    for (int attempt = 1;
        attempt < MAX_ATTEMPTS && result instanceof FinalizeResult.Contended(var run, var lease);
        attempt++) {
      sleeper.sleep(Backoff.CONFLICT.delay(attempt, random));
      var current =
          fence == null || lease == null
              ? fence
              : new Fence(fence.claimId(), fence.executorId(), lease);
      result = runs.finish(step, outcome, current, run);
    }
    return result;
  }

  /**
   * Ends a step that nobody works on any more. Its lease has to be the very one that was read:
   * whoever has extended or acquired it meanwhile is alive and keeps the step, so that is {@link
   * FinalizeResult.Superseded}.
   */
  public FinalizeResult finishAbandoned(
      StepKey step, StepOutcome outcome, Fence fence, Instant runUpdateTime) {
    var result = runs.finish(step, outcome, fence, runUpdateTime);
    for (int attempt = 1;
        attempt < MAX_ATTEMPTS && result instanceof FinalizeResult.Contended(var run, var lease);
        attempt++) {
      if (!fence.leaseUpdateTime().equals(lease)) {
        return new FinalizeResult.Superseded();
      }
      sleeper.sleep(Backoff.CONFLICT.delay(attempt, random));
      result = runs.finish(step, outcome, fence, run);
    }
    return result;
  }
}
