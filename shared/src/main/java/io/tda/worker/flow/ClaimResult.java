package io.tda.worker.flow;

import java.time.Instant;

/** What became of one try to claim steps. */
public sealed interface ClaimResult {

  /**
   * The steps are RUNNING and leased under these claims.
   *
   * @param updateTime the run document's new update time
   */
  record Claimed(Instant updateTime) implements ClaimResult {}

  /** The run document has changed since it was read, by somebody else. Read again, select again. */
  record Contended() implements ClaimResult {}
}
