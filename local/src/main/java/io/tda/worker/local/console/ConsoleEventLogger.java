package io.tda.worker.local.console;

import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.LogEvent;
import io.tda.worker.log.Severity;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes log events as lines for a person: time since the start, what happened, and the fields that
 * matter.
 */
public final class ConsoleEventLogger implements EventLogger {
  private static final int NAME_WIDTH = 26;

  private final PrintWriter out;
  private final Style style;
  private final InstantSource clock;
  private final Instant started;

  public ConsoleEventLogger(PrintWriter out, Style style, InstantSource clock) {
    this.out = out;
    this.style = style;
    this.clock = clock;
    this.started = clock.instant();
  }

  @Override
  public void log(LogEvent event, LogContext context) {
    if (event.severity() == Severity.DEBUG) {
      return;
    }
    var seconds = Duration.between(started, clock.instant()).toMillis() / 1000.0;
    out.println(
        String.format(
            Locale.ROOT,
            "%s %s %-" + NAME_WIDTH + "s %s",
            style.faint(String.format(Locale.ROOT, "%7.3fs", seconds)),
            mark(event.severity()),
            event.name(),
            style.faint(words(event))));
  }

  private String mark(Severity severity) {
    return switch (severity) {
      case DEBUG, INFO -> style.good(style == Style.TERMINAL ? "✓" : "-");
      case WARNING -> style.warning("!");
      case ERROR -> style.bad(style == Style.TERMINAL ? "✗" : "x");
    };
  }

  /** Lists and nested fields are for the JSON form; here they are counted. */
  private static String words(LogEvent event) {
    return event.fields().entrySet().stream()
        .map(field -> field.getKey() + "=" + value(field.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static String value(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(field -> field.getKey() + ":" + value(field.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case List<?> list when list.size() > 3 || list.stream().anyMatch(Map.class::isInstance) ->
          "[" + list.size() + "]";
      default -> String.valueOf(value);
    };
  }
}
