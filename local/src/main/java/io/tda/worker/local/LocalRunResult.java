package io.tda.worker.local;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** How the execution of a step on this machine ended. */
sealed interface LocalRunResult {
  /** The run. */
  RunId run();

  /** How often each log event occurred, by name. */
  Map<String, Integer> eventCounts();

  /** How long it took. */
  Duration duration();

  /** There was nothing to execute. */
  record NothingToDo(RunId run, String reason, Map<String, Integer> eventCounts, Duration duration)
      implements LocalRunResult {}

  /**
   * The step has ended.
   *
   * @param execution the {@code outputs.execution} block of its document
   */
  record Ended(
      RunId run,
      StepId step,
      Ending ending,
      Map<String, Object> execution,
      Map<String, Integer> eventCounts,
      Duration duration)
      implements LocalRunResult {}

  /** With or without a report. */
  sealed interface Ending {

    /** The report and the file it is in. */
    record Succeeded(GcsUri report, Path file) implements Ending {}

    /** The step's error. */
    record Failed(String code, String message, Map<String, Object> details) implements Ending {}
  }

  /** The exit code that says so. */
  default ExitCode exitCode() {
    return switch (this) {
      case NothingToDo _ -> ExitCode.NOTHING_TO_DO;
      case Ended ended ->
          switch (ended.ending()) {
            case Ending.Succeeded _ -> ExitCode.OK;
            case Ending.Failed _ -> ExitCode.STEP_FAILED;
          };
    };
  }
}
