package io.tda.worker.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a process has printed so far: log lines, and whatever is none. */
final class ProcessOutput {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> text = new ArrayList<>();
  private final List<LogLine> log = new ArrayList<>();
  private final List<String> other = new ArrayList<>();

  /** Takes standard output until it ends. */
  Thread readLog(BufferedReader reader) {
    return thread(() -> read(reader, true));
  }

  /** Takes standard error until it ends. */
  Thread readErrors(BufferedReader reader) {
    return thread(() -> read(reader, false));
  }

  /** The log, in the order in which it was written. */
  synchronized List<LogLine> log() {
    return List.copyOf(log);
  }

  /** What is no log line: everything on standard error, and what is not JSON on standard output. */
  synchronized List<String> other() {
    return List.copyOf(other);
  }

  /** Everything, from this line on. */
  synchronized List<String> text(int from) {
    return List.copyOf(text.subList(from, text.size()));
  }

  /**
   * A platform thread: a virtual one would hold its carrier for as long as the process is silent.
   */
  private static Thread thread(Runnable work) {
    return Thread.ofPlatform().daemon().name("output").start(work);
  }

  private void read(BufferedReader reader, boolean isLog) {
    try (reader) {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        add(line, isLog);
      }
    } catch (IOException e) {
      // The process was ended while it wrote.
    }
  }

  private synchronized void add(String line, boolean isLog) {
    text.add(line);
    var json = isLog ? parse(line) : null;
    if (json != null && json.isObject()) {
      log.add(new LogLine(json));
    } else {
      other.add(line);
    }
  }

  private static @Nullable JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
