package io.tda.worker.flow;

import io.tda.worker.store.Versioned;
import java.util.List;

/** What was found when a run was read. */
public sealed interface RunRead {

  /** The run, and its update time for the next write. */
  record Found(Versioned<FlowRun> run) implements RunRead {}

  /** There is no such document. */
  record Missing() implements RunRead {}

  /** The document lacks the required subset. */
  record Invalid(List<Violation> violations) implements RunRead {}
}
