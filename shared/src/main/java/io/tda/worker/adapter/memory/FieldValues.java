package io.tda.worker.adapter.memory;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes values into the store as Firestore would give them back. */
final class FieldValues {
  private FieldValues() {}

  /** An unchangeable copy: whole numbers as Long, others as Double, times to the microsecond. */
  static Object copyOf(Object value) {
    return switch (value) {
      case Map<?, ?> map -> FieldMap.copyOf(map);
      case List<?> list -> copyOf(list);
      case Boolean _, Long _, Double _, String _ -> value;
      case Integer number -> number.longValue();
      case Float number -> number.doubleValue();
      case Instant time -> time.truncatedTo(ChronoUnit.MICROS);
      default -> throw new IllegalArgumentException("no field value: " + value.getClass());
    };
  }

  private static List<Object> copyOf(List<?> list) {
    var copy = new ArrayList<@Nullable Object>(list.size());
    list.forEach(element -> copy.add(element == null ? null : copyOf(element)));
    @SuppressWarnings("NullAway") // a null keeps its place in a list, see Document
    List<Object> result = Collections.unmodifiableList(copy);
    return result;
  }
}
