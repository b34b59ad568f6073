package io.tda.worker.local.console;

import io.tda.worker.log.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One log event as a line for a person: when, what happened, and the fields that matter. */
record EventLine(Style style) {
  private static final int NAME_WIDTH = 26;

  /**
   * The line.
   *
   * @param seconds since the start
   * @param who a service's name, padded by the caller; empty where there is only one
   */
  String of(double seconds, String who, Severity severity, String name, Map<String, ?> fields) {
    return String.format(
        Locale.ROOT,
        "%s %s%s %-" + NAME_WIDTH + "s %s",
        style.faint(String.format(Locale.ROOT, "%7.3fs", seconds)),
        who.isEmpty() ? "" : who + " ",
        mark(severity),
        name,
        style.faint(words(fields)));
  }

  private String mark(Severity severity) {
    return switch (severity) {
      case DEBUG, INFO -> style.good(style == Style.TERMINAL ? "✓" : "-");
      case WARNING -> style.warning("!");
      case ERROR -> style.bad(style == Style.TERMINAL ? "✗" : "x");
    };
  }

  /** Lists and nested fields are for the JSON form; here they are counted. */
  private static String words(Map<String, ?> fields) {
    return fields.entrySet().stream()
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
