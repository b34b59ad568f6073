package io.tda.worker.local.smoke;

import java.util.ArrayList;
import java.util.List;

/** Makes the lines of a run by what they tell. */
final class Lines {
  private final List<LoggedLine> lines = new ArrayList<>();
  private final String runId;

  Lines(String runId) {
    this.runId = runId;
  }

  /** All that is told about a run where everything is as expected. */
  static Lines of(String runId, Expected expected) {
    var lines = new Lines(runId);
    int number = 0;
    for (var event : expected.dispatcher()) {
      var told =
          event.equals(LogStory.ECHO)
              ? "cloud_event_received, cloud_event_noop prefiltered, cloud_event_finished noop"
              : event;
      lines.dispatcher("event-" + number++, told.split(", "));
    }
    return lines.executor("message-1", expected.executor().toArray(String[]::new));
  }

  Lines dispatcher(String event, String... told) {
    return add("dispatcher", event, told);
  }

  Lines executor(String message, String... told) {
    return add("executor", message, told);
  }

  private Lines add(String component, String delivery, String... told) {
    for (var text : told) {
      lines.add(
          new LoggedLine(
              lines.size(), runId, component, delivery, text.replaceAll(" .*", ""), text));
    }
    return this;
  }

  /** The same, but these two have changed places. */
  Lines swapped(String first, String second) {
    int a = indexOf(first);
    int b = indexOf(second);
    var copy = new Lines(runId);
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i == a ? b : i == b ? a : i);
      copy.lines.add(
          new LoggedLine(i, runId, line.component(), line.delivery(), line.event(), line.told()));
    }
    return copy;
  }

  /** The same, all of one instant. */
  Lines atOnce() {
    var copy = new Lines(runId);
    lines.forEach(line ->
        copy.lines.add(
            new LoggedLine(
                7, runId, line.component(), line.delivery(), line.event(), line.told())));
    return copy;
  }

  Lines without(String told) {
    var copy = new Lines(runId);
    copy.lines.addAll(lines);
    copy.lines.remove(indexOf(told));
    return copy;
  }

  private int indexOf(String told) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).told().equals(told)) {
        return i;
      }
    }
    throw new AssertionError("no line tells " + told);
  }

  List<LoggedLine> all() {
    return List.copyOf(lines);
  }
}
