package io.tda.worker.flow;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.id.ClaimId;
import io.tda.worker.id.StepKey;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Documents and values that tests of claiming and finalizing start from. */
public final class RunFixtures {
  public static final Instant CLAIMED_AT = Instant.parse("2026-03-01T12:00:00.123Z");
  public static final Instant FINISHED_AT = CLAIMED_AT.plusSeconds(30);

  private RunFixtures() {}

  /** A run document, with fields that the worker does not know. */
  public static Map<String, Object> run(String status, Map<String, Object> steps) {
    return Map.of(
        "schemaVersion",
        1L,
        "status",
        status,
        "steps",
        steps,
        "scope",
        Map.of("symbol", "LINKUSDT"),
        "ownedByOthers",
        Map.of("kept", true));
  }

  /** An LLM_REPORT step, with fields that the worker does not know. */
  public static Map<String, Object> step(String status) {
    return Map.of(
        "stepType",
        FlowStep.LLM_REPORT,
        "status",
        status,
        "timeframe",
        "1w",
        "inputs",
        Map.of("ownedByOthers", "kept"),
        "outputs",
        Map.of("ownedByOthers", "kept"));
  }

  /** A first claim with a new id. */
  public static Claim claim(StepKey step) {
    return new Claim(
        step,
        FlowStep.LLM_REPORT,
        new ClaimId(UUID.randomUUID().toString()),
        1,
        "event-1",
        CLAIMED_AT);
  }

  public static StepOutcome succeeded(Claim claim, Instant finishedAt) {
    return new StepOutcome.Succeeded(
        GcsUri.parse("gs://reports/run/1w/step.json").orElseThrow(), execution(claim, finishedAt));
  }

  public static StepOutcome failed(Claim claim, Instant finishedAt) {
    return new StepOutcome.Failed(
        StepError.of(ErrorCode.LEASE_EXPIRED, "attempts used up"), execution(claim, finishedAt));
  }

  /** The outcome of a step that was never claimed. */
  public static StepOutcome misconfigured(Instant finishedAt) {
    var timing = new StepExecution.Timing(finishedAt, finishedAt);
    return new StepOutcome.Failed(
        StepError.of(
            ErrorCode.INVALID_STEP_INPUTS,
            new Violation("/steps/a/dependsOn/0", "names no step of this run")),
        new StepExecution(timing, null, null, null));
  }

  private static StepExecution execution(Claim claim, Instant finishedAt) {
    return new StepExecution(
        new StepExecution.Timing(claim.claimedAt(), finishedAt),
        new StepExecution.ClaimUse(claim.id(), claim.attempt(), 1),
        null,
        null);
  }
}
