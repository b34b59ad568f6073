package io.tda.worker.local.sim;

import java.util.Set;

/**
 * A fault in the worker, planted between its code and its surroundings.
 *
 * @param what is wrong, for the table
 * @param caughtBy the invariants that may notice it first
 */
record PlantedFault(String what, Set<Invariant> caughtBy, Seams seams) {
  @Override
  public String toString() {
    return what;
  }
}
