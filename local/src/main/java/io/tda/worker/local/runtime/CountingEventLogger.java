package io.tda.worker.local.runtime;

import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.LogEvent;
import java.util.Map;
import java.util.TreeMap;

/** Passes events on, and counts them by name. */
public final class CountingEventLogger implements EventLogger {
  private final EventLogger next;
  private final Map<String, Integer> counts = new TreeMap<>();

  public CountingEventLogger(EventLogger next) {
    this.next = next;
  }

  @Override
  public void log(LogEvent event, LogContext context) {
    synchronized (counts) {
      counts.merge(event.name(), 1, Integer::sum);
    }
    next.log(event, context);
  }

  /** How often each event has occurred, by name. */
  public Map<String, Integer> counts() {
    synchronized (counts) {
      return new TreeMap<>(counts);
    }
  }
}
