package io.tda.worker.store;

import java.util.List;

/**
 * A path to a field, one segment a level. It is never joined to a string: segments may hold dots.
 */
public record FieldPath(List<String> segments) {
  public FieldPath {
    segments = List.copyOf(segments);
    if (segments.isEmpty() || segments.contains("")) {
      throw new IllegalArgumentException("a field path needs segments, and none of them empty");
    }
  }

  /** The path with these segments. */
  public static FieldPath of(String... segments) {
    return new FieldPath(List.of(segments));
  }

  /** Whether this path is the other one or leads to it. */
  public boolean isPrefixOf(FieldPath other) {
    return segments.size() <= other.segments.size()
        && other.segments.subList(0, segments.size()).equals(segments);
  }
}
