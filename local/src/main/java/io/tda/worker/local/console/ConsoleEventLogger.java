package io.tda.worker.local.console;

import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.LogEvent;
import io.tda.worker.log.Severity;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Writes log events as lines for a person. */
public final class ConsoleEventLogger implements EventLogger {
  private final PrintWriter out;
  private final EventLine line;
  private final InstantSource clock;
  private final Instant started;

  public ConsoleEventLogger(PrintWriter out, Style style, InstantSource clock) {
    this.out = out;
    this.line = new EventLine(style);
    this.clock = clock;
    this.started = clock.instant();
  }

  @Override
  public void log(LogEvent event, LogContext context) {
    if (event.severity() == Severity.DEBUG) {
      return;
    }
    var seconds = Duration.between(started, clock.instant()).toMillis() / 1000.0;
    out.println(line.of(seconds, "", event.severity(), event.name(), event.fields()));
  }
}
