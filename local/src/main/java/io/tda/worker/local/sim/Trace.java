package io.tda.worker.local.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What happened, a line each: virtual time, who, what. Off, it costs nothing. */
final class Trace {
  private static final Pattern BETWEEN_IDS = Pattern.compile("[/~]");
  private static final int WHO = 30;

  private final boolean on;
  private final List<Line> lines = new ArrayList<>();
  private Supplier<Duration> clock = () -> Duration.ZERO;

  private record Line(long micros, String who, String what) {
    boolean isAbout(List<String> ids) {
      return ids.stream().allMatch(what::contains);
    }

    @Override
    public String toString() {
      var padding = " ".repeat(Math.max(1, WHO - who.length()));
      return "%6d.%06d  %s%s%s"
          .formatted(micros / 1_000_000, micros % 1_000_000, who, padding, what);
    }
  }

  private Trace(boolean on) {
    this.on = on;
  }

  static Trace on() {
    return new Trace(true);
  }

  static Trace off() {
    return new Trace(false);
  }

  /** Takes the time of the lines from here. */
  void follow(World world) {
    clock = world::elapsed;
  }

  void say(String who, Supplier<String> what) {
    if (on) {
      lines.add(new Line(clock.get().toNanos() / 1_000, who, what.get()));
    }
  }

  /** All of it. */
  List<String> text() {
    return lines.stream().map(Line::toString).toList();
  }

  /**
   * The last lines about the subject, and about whoever has worked on it, and about the lives of
   * processes.
   */
  List<String> shortened(String subject, int most) {
    var ids = List.of(BETWEEN_IDS.split(subject, 2));
    var workers = new HashSet<String>();
    for (var line : lines) {
      if (line.isAbout(ids) && line.who().contains("/")) {
        workers.add(line.who());
      }
    }
    var about =
        lines.stream()
            .filter(line ->
                line.isAbout(ids)
                    || workers.contains(line.who())
                    || line.what().startsWith("process "))
            .map(Line::toString)
            .toList();
    return about.subList(Math.max(0, about.size() - most), about.size());
  }
}
