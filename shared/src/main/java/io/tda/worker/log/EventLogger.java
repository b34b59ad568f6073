package io.tda.worker.log;

/**
 * The port to the log, and the only way for this project's code to log. Never throws: a line that
 * cannot be written safely is replaced by one that says which field was refused.
 */
public interface EventLogger {

  /**
   * Logs one event.
   *
   * @param context which run, step, claim and message it is about
   */
  void log(LogEvent event, LogContext context);
}
