package io.tda.worker.emulator.storage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The faults that wait for the next calls of their kind, and how many calls of each kind came. */
public final class StorageFaults {
  private final Map<StorageCall, Deque<StorageFault>> waiting = new EnumMap<>(StorageCall.class);
  private final Map<StorageCall, Integer> counts = new EnumMap<>(StorageCall.class);

  StorageFaults() {}

  /** Lets each of the next calls of this kind, retries included, meet the fault. */
  public synchronized void next(int calls, StorageCall kind, StorageFault fault) {
    for (int i = 0; i < calls; i++) {
      waiting.computeIfAbsent(kind, _ -> new ArrayDeque<>()).add(fault);
    }
  }

  /** How many calls of this kind have come, retries included. */
  public synchronized int calls(StorageCall kind) {
    return counts.getOrDefault(kind, 0);
  }

  synchronized @Nullable StorageFault take(StorageCall kind) {
    counts.merge(kind, 1, Integer::sum);
    var faults = waiting.get(kind);
    return faults == null ? null : faults.poll();
  }
}
