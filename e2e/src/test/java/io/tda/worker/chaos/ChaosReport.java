package io.tda.worker.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of some chaos: a table for people, JSON for everything else. */
final class ChaosReport {
  private final Map<String, Object> figures = new LinkedHashMap<>();

  ChaosReport with(String name, Object value) {
    figures.put(name, value);
    return this;
  }

  /** The distribution of some times, in milliseconds. */
  ChaosReport withTimes(String name, List<Duration> times) {
    if (!times.isEmpty()) {
      var sorted = times.stream().sorted().toList();
      with(name + ", count", sorted.size());
      with(name + ", p50 ms", rank(sorted, 0.5));
      with(name + ", p99 ms", rank(sorted, 0.99));
      with(name + ", most ms", sorted.getLast().toMillis());
    }
    return this;
  }

  private static long rank(List<Duration> sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.max(rank, 1) - 1).toMillis();
  }

  /** Prints the table, and writes the JSON to {@code target/chaos}. */
  void publish(String name) {
    Chaos.say("chaos: " + name);
    figures.forEach((figure, value) -> Chaos.say("  %-48s %s".formatted(figure, value)));
    try {
      var folder = Files.createDirectories(Path.of("target", "chaos"));
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .writeValue(folder.resolve(name + ".json").toFile(), figures);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
