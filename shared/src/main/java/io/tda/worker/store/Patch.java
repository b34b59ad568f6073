package io.tda.worker.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A change of some fields of a document; all others stay as they are.
 *
 * <p>No path may lead to another one of the same patch: Firestore refuses that, so it is refused
 * here already.
 *
 * @param set values by path, in the order in which they were added
 * @param deleted paths whose fields are removed; removing what is not there is no error
 */
public record Patch(Map<FieldPath, Object> set, List<FieldPath> deleted) {
  public Patch {
    set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
    deleted = List.copyOf(deleted);
  }

  /** A patch that changes nothing yet. */
  public static Patch empty() {
    return new Patch(Map.of(), List.of());
  }

  /** This patch, and the field set to the value. */
  public Patch with(FieldPath path, Object value) {
    requireApart(path);
    var more = new LinkedHashMap<>(set);
    more.put(path, value);
    return new Patch(more, deleted);
  }

  /** This patch, and the field removed. */
  public Patch without(FieldPath path) {
    requireApart(path);
    var more = new ArrayList<>(deleted);
    more.add(path);
    return new Patch(set, more);
  }

  /** All changes of both. */
  public Patch and(Patch other) {
    var both = this;
    for (var entry : other.set.entrySet()) {
      both = both.with(entry.getKey(), entry.getValue());
    }
    for (var path : other.deleted) {
      both = both.without(path);
    }
    return both;
  }

  private void requireApart(FieldPath path) {
    for (var known : set.keySet()) {
      requireApart(known, path);
    }
    for (var known : deleted) {
      requireApart(known, path);
    }
  }

  private static void requireApart(FieldPath one, FieldPath other) {
    if (one.isPrefixOf(other) || other.isPrefixOf(one)) {
      throw new IllegalArgumentException("paths of one patch overlap: " + one + ", " + other);
    }
  }
}
