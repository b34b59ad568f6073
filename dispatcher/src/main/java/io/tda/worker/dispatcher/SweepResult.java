package io.tda.worker.dispatcher;

/**
 * What a sweep has done.
 *
 * @param expired leases it looked at; those in none of the other counts were changed by somebody
 *     else meanwhile, or are left to the next sweep
 * @param reclaimed steps that got another try, or their message once more
 * @param failed steps that were given up
 * @param deleted leases that nobody needed any more
 * @param complete whether all that had expired was dealt with, or a limit or a fault left some of
 *     it to the next sweep
 */
public record SweepResult(int expired, int reclaimed, int failed, int deleted, boolean complete) {
  /** Nothing done, nothing left. */
  static final SweepResult NONE = new SweepResult(0, 0, 0, 0, true);

  SweepResult plus(StepRecovery.Recovered one) {
    return switch (one) {
      case RECLAIMED -> new SweepResult(expired + 1, reclaimed + 1, failed, deleted, complete);
      case FAILED -> new SweepResult(expired + 1, reclaimed, failed + 1, deleted, complete);
      case DELETED -> new SweepResult(expired + 1, reclaimed, failed, deleted + 1, complete);
      case OVERTAKEN -> new SweepResult(expired + 1, reclaimed, failed, deleted, complete);
      case POSTPONED -> new SweepResult(expired + 1, reclaimed, failed, deleted, false);
    };
  }

  SweepResult incomplete() {
    return new SweepResult(expired, reclaimed, failed, deleted, false);
  }
}
