package io.tda.worker.adapter.firestore;

import io.tda.worker.flow.FinalizeResult;
import io.tda.worker.flow.FlowRunParser;
import io.tda.worker.flow.FlowRunRepository.Fence;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.flow.RunStatus;
import io.tda.worker.flow.StepOutcome;
import io.tda.worker.flow.StepStatus;
import io.tda.worker.id.StepKey;
import io.tda.worker.lease.StepLease;
import io.tda.worker.lease.StepLease.Holder;
import io.tda.worker.store.Document;
import io.tda.worker.time.Rfc3339;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says from the documents why a step could not be ended, or that it was after all. Pure. */
record FinalizeConflict(StepKey step, StepOutcome outcome, @Nullable Fence fence) {

  FinalizeResult explain(@Nullable Document run, @Nullable Document lease) {
    if (run == null) {
      return new FinalizeResult.RunEnded();
    }
    // Before the run is looked at as a whole: what is done is done, whatever became of the run.
    if (isDone(run.data())) {
      return new FinalizeResult.Finalized();
    }
    return switch (FlowRunParser.parse(step.runId(), run.data())) {
      case FlowRunParser.Result.Invalid _ -> new FinalizeResult.RunEnded();
      case FlowRunParser.Result.Parsed(var parsed) -> {
        var status =
            parsed.step(step.stepId()).map(FlowStep::status).orElse(StepStatus.UNRECOGNIZED);
        yield explain(parsed.status(), status, run.updateTime(), lease);
      }
    };
  }

  private FinalizeResult explain(
      RunStatus run, StepStatus status, Instant runUpdateTime, @Nullable Document lease) {
    if (status.isFinal()) {
      return new FinalizeResult.AlreadyFinal(status);
    }
    if (run != RunStatus.RUNNING) {
      return new FinalizeResult.RunEnded();
    }
    if (status != (fence == null ? StepStatus.READY : StepStatus.RUNNING)) {
      return new FinalizeResult.NotRunning(status);
    }
    if (fence == null) {
      return new FinalizeResult.Contended(runUpdateTime, null);
    }
    return lease != null && isHeldByUs(LeaseDocument.read(step, lease.data()), fence)
        ? new FinalizeResult.Contended(runUpdateTime, lease.updateTime())
        : new FinalizeResult.Superseded();
  }

  private static boolean isHeldByUs(StepLease lease, Fence fence) {
    var executorId =
        switch (lease.holder()) {
          case Holder.Queue() -> null;
          case Holder.Executor(var id) -> id;
        };
    return lease.claim().id().equals(fence.claimId())
        && Objects.equals(executorId, fence.executorId());
  }

  /**
   * Whether the step has ended just as this outcome ends it. Status and claim are not enough: the
   * sweep ends a step in the name of the claim whose executor has died, or seems to.
   */
  private boolean isDone(Map<String, Object> run) {
    return run.get("steps") instanceof Map<?, ?> steps
        && steps.get(step.stepId().value()) instanceof Map<?, ?> fields
        && outcome.status().name().equals(fields.get("status"))
        && Rfc3339.format(outcome.execution().timing().finishedAt())
            .equals(fields.get("finishedAt"))
        && Objects.equals(claimId(fields), claimId(outcome));
  }

  private static @Nullable Object claimId(Map<?, ?> step) {
    return step.get("outputs") instanceof Map<?, ?> outputs
            && outputs.get("execution") instanceof Map<?, ?> execution
            && execution.get("claim") instanceof Map<?, ?> claim
        ? claim.get("claimId")
        : null;
  }

  private static @Nullable Object claimId(StepOutcome outcome) {
    var claim = outcome.execution().claim();
    return claim == null ? null : claim.claimId().value();
  }
}
