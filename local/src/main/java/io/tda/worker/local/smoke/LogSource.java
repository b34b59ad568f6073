package io.tda.worker.local.smoke;

import io.tda.worker.id.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Where the services' log lines can be read. What was written a moment ago may not be there yet, so
 * it is asked again. {@code LogSourceContract} says what every implementation must do.
 */
public interface LogSource {

  /**
   * The lines about these runs that are there by now, from INFO on, in the order in which each
   * service wrote them.
   *
   * @throws LogSourceException where the log cannot be read, and asking again would not help
   */
  List<LoggedLine> read(Set<RunId> runs);

  /** What is to pass between two reads. */
  Duration pause();

  /** After so long every line that was written can be expected to be there. */
  Duration patience();

  /** Names it, for people. */
  String title();
}
