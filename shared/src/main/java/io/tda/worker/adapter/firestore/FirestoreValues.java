package io.tda.worker.adapter.firestore;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Translates between document values and those of Firestore's client. */
final class FirestoreValues {
  private FirestoreValues() {}

  /** Fields in the client's form. What it cannot store is a bug, and is named by its type only. */
  static Map<String, Object> toFirestore(Map<?, ?> fields) {
    var map = LinkedHashMap.<String, Object>newLinkedHashMap(fields.size());
    fields.forEach((name, value) -> {
      if (value != null) {
        map.put((String) name, toFirestore(value));
      }
    });
    return map;
  }

  static Object toFirestore(Object value) {
    return switch (value) {
      case Map<?, ?> map -> toFirestore(map);
      case List<?> list -> {
        var copy = new ArrayList<@Nullable Object>(list.size());
        list.forEach(element -> copy.add(element == null ? null : toFirestore(element)));
        yield copy;
      }
      case Boolean _, Long _, Integer _, Double _, Float _, String _ -> value;
      case Instant time -> toTimestamp(time.truncatedTo(ChronoUnit.MICROS));
      default -> throw new IllegalArgumentException("no field value: " + value.getClass());
    };
  }

  /** Fields as they were read. */
  static Map<String, Object> fromFirestore(Map<?, ?> fields) {
    var map = LinkedHashMap.<String, Object>newLinkedHashMap(fields.size());
    fields.forEach((name, value) -> {
      if (value != null) {
        map.put((String) name, fromFirestore(value));
      }
    });
    return Collections.unmodifiableMap(map);
  }

  /** Kinds of values that the worker has no use for are kept as a word that says what they were. */
  private static Object fromFirestore(Object value) {
    return switch (value) {
      case Map<?, ?> map -> fromFirestore(map);
      case List<?> list -> {
        var copy = new ArrayList<@Nullable Object>(list.size());
        list.forEach(element -> copy.add(element == null ? null : fromFirestore(element)));
        yield Collections.unmodifiableList(copy);
      }
      case Boolean _, Long _, Double _, String _ -> value;
      case Timestamp time -> toInstant(time);
      case DocumentReference reference -> reference.getPath();
      default -> "(" + value.getClass().getSimpleName() + ")";
    };
  }

  static Timestamp toTimestamp(Instant time) {
    return Timestamp.ofTimeSecondsAndNanos(time.getEpochSecond(), time.getNano());
  }

  static Instant toInstant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
