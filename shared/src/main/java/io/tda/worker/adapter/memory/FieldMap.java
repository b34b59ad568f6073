package io.tda.worker.adapter.memory;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a document or of a map in it: unchangeable, in the order of their names.
 *
 * <p>Two sorted arrays, not a tree: a run has up to 10,000 steps, every change of one makes a new
 * map of them, and copying an array of references is the cheapest way to do that.
 */
final class FieldMap extends AbstractMap<String, Object> {
  static final FieldMap EMPTY = new FieldMap(new String[0], new Object[0]);

  private final String[] names;
  private final Object[] values;

  private FieldMap(String[] names, Object[] values) {
    this.names = names;
    this.values = values;
  }

  /** A copy of the fields, and of all that is in them. */
  static FieldMap copyOf(Map<?, ?> map) {
    if (map instanceof FieldMap fields) {
      return fields;
    }
    var sorted = new TreeMap<String, Object>();
    map.forEach((name, value) -> {
      if (value != null) {
        sorted.put((String) name, FieldValues.copyOf(value));
      }
    });
    return new FieldMap(sorted.keySet().toArray(String[]::new), sorted.values().toArray());
  }

  /** These fields with one set. */
  FieldMap with(String name, Object value) {
    int found = find(name);
    if (found >= 0) {
      var changed = values.clone();
      changed[found] = value;
      return new FieldMap(names, changed);
    }
    int at = -found - 1;
    return new FieldMap(insert(names, at, name), insert(values, at, value));
  }

  /** These fields without one; this very map where the field is not there. */
  FieldMap without(String name) {
    int found = find(name);
    if (found < 0) {
      return this;
    }
    return new FieldMap(cut(names, found), cut(values, found));
  }

  @Override
  public @Nullable Object get(@Nullable Object name) {
    int found = name instanceof String text ? find(text) : -1;
    return found < 0 ? null : values[found];
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return name instanceof String text && find(text) >= 0;
  }

  @Override
  public int size() {
    return names.length;
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<String, Object>> iterator() {
        return IntStream.range(0, names.length)
            .mapToObj(i -> Map.entry(names[i], values[i]))
            .iterator();
      }

      @Override
      public int size() {
        return names.length;
      }
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    return other instanceof FieldMap fields
        ? Arrays.equals(names, fields.names) && Arrays.equals(values, fields.values)
        : super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  private int find(String name) {
    return Arrays.binarySearch(names, name);
  }

  private static <T> T[] insert(T[] array, int at, T element) {
    var longer = Arrays.copyOf(array, array.length + 1);
    System.arraycopy(array, at, longer, at + 1, array.length - at);
    longer[at] = element;
    return longer;
  }

  private static <T> T[] cut(T[] array, int at) {
    var shorter = Arrays.copyOf(array, array.length - 1);
    System.arraycopy(array, at + 1, shorter, at, shorter.length - at);
    return shorter;
  }
}
