package io.tda.worker.local.sim;

import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.LogEvent;

/** The log of one process: counted, traced, and searched for what must not be in it. */
final class SimulatedLog implements EventLogger {
  private final World world;
  private final SimulatedProcess process;
  private final Invariants invariants;
  private final Coverage coverage;

  SimulatedLog(World world, SimulatedProcess process, Invariants invariants, Coverage coverage) {
    this.world = world;
    this.process = process;
    this.invariants = invariants;
    this.coverage = coverage;
  }

  @Override
  public void log(LogEvent event, LogContext context) {
    coverage.count("log", event.name());
    var fields = event.fields();
    world.say(process.name(), () -> "log " + event.name() + about(context) + " " + fields);
    invariants.canaries().logged(event.name(), fields);
  }

  private static String about(LogContext context) {
    return (context.runId() == null ? "" : " " + context.runId())
        + (context.stepId() == null ? "" : "/" + context.stepId());
  }
}
