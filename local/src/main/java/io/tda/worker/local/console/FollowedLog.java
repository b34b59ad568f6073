package io.tda.worker.local.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.json.DocumentJson;
import io.tda.worker.json.StrictJson;
import io.tda.worker.log.Severity;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Set;

/**
 * Shows the JSON log lines of services as lines for a person; what is no such line is passed on.
 */
public final class FollowedLog {
  /** On every line, or of use to a machine only. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "severity",
          "message",
          "time",
          "service",
          "env",
          "component",
          "version",
          "event",
          "trace",
          "eventId",
          "runId",
          "claimId",
          "messageId",
          "flowKey",
          "timeframe",
          "symbol");

  private static final int WHO_WIDTH = 10;

  private final PrintWriter out;
  private final EventLine line;
  private final Instant started;

  /**
   * Follows logs.
   *
   * @param started the time that lines count from
   */
  public FollowedLog(PrintWriter out, Style style, Instant started) {
    this.out = out;
    this.line = new EventLine(style);
    this.started = started;
  }

  /** Shows a line that a service wrote. */
  public void show(String service, String text) {
    var who = String.format(Locale.ROOT, "%-" + WHO_WIDTH + "s", service);
    if (StrictJson.parse(text) instanceof StrictJson.Result.Parsed(ObjectNode json)
        && json.has("event")) {
      out.println(event(who, json));
    } else {
      out.println(" ".repeat(9) + who + "   " + text);
    }
    out.flush();
  }

  private String event(String who, ObjectNode json) {
    var fields = new LinkedHashMap<String, Object>(DocumentJson.toMap(json));
    fields.keySet().removeIf(name -> LEFT_OUT.contains(name) || name.contains("/"));
    return line.of(
        seconds(json.path("time")),
        who,
        severity(json.path("severity").asText()),
        json.path("event").asText(),
        fields);
  }

  private double seconds(JsonNode time) {
    try {
      return Duration.between(started, Instant.parse(time.asText())).toMillis() / 1000.0;
    } catch (DateTimeException e) {
      return 0;
    }
  }

  private static Severity severity(String name) {
    return Arrays.stream(Severity.values())
        .filter(severity -> severity.name().equals(name))
        .findFirst()
        .orElse(Severity.INFO);
  }
}
