package io.tda.worker.json;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys seen so far of all objects that are open. Jackson's own search for duplicates makes a
 * set for every object; most objects have a handful of keys, which are compared faster.
 */
final class OpenKeys {
  private static final int FEW = 16;

  private String[] names = new String[64];
  private int count;
  private int[] starts = new int[16];
  private @Nullable Set<String>[] sets = newSets(16);
  private int depth;

  /** A new object or array begins. */
  void open() {
    if (depth + 1 >= starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
      sets = Arrays.copyOf(sets, 2 * sets.length);
    }
    depth++;
    starts[depth] = count;
    sets[depth] = null;
  }

  /** The innermost one ends. */
  void close() {
    count = starts[depth];
    depth--;
  }

  /** A key of the innermost object; false where it has it already. */
  boolean add(String name) {
    var set = sets[depth];
    if (set != null) {
      return set.add(name);
    }
    int start = starts[depth];
    for (int i = start; i < count; i++) {
      if (names[i].equals(name)) {
        return false;
      }
    }
    if (count - start == FEW) {
      var many = new HashSet<>(Arrays.asList(names).subList(start, count));
      sets[depth] = many;
      return many.add(name);
    }
    if (count == names.length) {
      names = Arrays.copyOf(names, 2 * count);
    }
    names[count++] = name;
    return true;
  }

  @SuppressWarnings({
    "unchecked",
    "rawtypes"
  }) // an array of a generic type cannot be made otherwise
  private static @Nullable Set<String>[] newSets(int length) {
    return new Set[length];
  }
}
