package io.tda.worker.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was logged, in order. Safe for use by many threads. */
public final class RecordingEventLogger implements EventLogger {
  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  /** One event and what it was about. */
  public record Entry(LogEvent event, LogContext context) {}

  @Override
  public void log(LogEvent event, LogContext context) {
    entries.add(new Entry(event, context));
  }

  /** Everything so far. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** The events' names. */
  public List<String> names() {
    return entries.stream().map(entry -> entry.event().name()).toList();
  }

  /** The events of one kind. */
  public <T extends LogEvent> List<T> events(Class<T> kind) {
    return entries.stream().map(Entry::event).filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Forgets everything. */
  public void clear() {
    entries.clear();
  }
}
