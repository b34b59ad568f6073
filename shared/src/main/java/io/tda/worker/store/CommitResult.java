package io.tda.worker.store;

import java.time.Instant;

/** How a commit ended. */
public sealed interface CommitResult {

  /**
   * All writes were carried out.
   *
   * @param updateTime the update time that every document changed by this commit now has. A write
   *     that changes nothing leaves its document's update time as it was; a commit of nothing else
   *     gives the latest of those.
   */
  record Committed(Instant updateTime) implements CommitResult {}

  /**
   * No write was carried out by this attempt: a precondition did not hold, or another commit was in
   * the way ({@code ABORTED}). Because clients retry by themselves, it can also mean that an
   * earlier try of this very commit landed and its answer was lost: read before believing it.
   */
  record Refused() implements CommitResult {}
}
