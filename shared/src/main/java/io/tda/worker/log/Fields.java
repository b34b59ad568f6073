package io.tda.worker.log;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.TokenUsage;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects an event's fields in the order in which they are written. Absent ones are left out. */
final class Fields {
  private final Map<String, Object> map = new LinkedHashMap<>();

  private Fields() {}

  /** No fields. */
  static Map<String, Object> none() {
    return Map.of();
  }

  /** The first field. */
  static Fields of(String name, @Nullable Object value) {
    return new Fields().with(name, value);
  }

  /** One more field: an enum as its lower-case name, a duration in milliseconds. */
  Fields with(String name, @Nullable Object value) {
    if (value != null) {
      map.put(name, plain(value));
    }
    return this;
  }

  Map<String, Object> map() {
    return Collections.unmodifiableMap(map);
  }

  /** A failure, reduced to what may be said of it anywhere. */
  static Map<String, Object> reduced(StepError error) {
    return of("code", error.code().name()).with("retryable", error.retryable()).map();
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Enum<?> word -> word.name().toLowerCase(Locale.ROOT);
      case Duration duration -> duration.toMillis();
      case GcsUri uri -> uri.toString();
      case TokenUsage usage -> usage.toMap();
      default -> value;
    };
  }
}
