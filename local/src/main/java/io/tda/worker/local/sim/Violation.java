package io.tda.worker.local.sim;

import org.jspecify.annotations.Nullable;

/**
 * An invariant that did not hold.
 *
 * @param subject the run or step it is about, by which the trace is shortened; null for none
 */
record Violation(Invariant invariant, @Nullable String subject, String what) {
  @Override
  public String toString() {
    return invariant + (subject == null ? "" : " " + subject) + ": " + what;
  }
}
