package io.tda.worker.llm;

import io.tda.worker.flow.Violation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One level of a profile, read key by key: remembers which keys are known and what is wrong with
 * them.
 */
final class ProfileFields {
  private final String pointer;
  private final Map<?, ?> fields;
  private final List<Violation> violations;
  private final Map<String, Object> snapshot = new LinkedHashMap<>();

  /**
   * @param pointer to this level
   * @param violations where to add what is wrong
   */
  ProfileFields(String pointer, Map<?, ?> fields, List<Violation> violations) {
    this.pointer = pointer;
    this.fields = fields;
    this.violations = violations;
  }

  /** A value of this key and type that meets the test; null where the key is absent or wrong. */
  <T> @Nullable T value(String key, Class<T> type, String rule, Predicate<T> test) {
    var value = fields.get(key);
    if (value == null) {
      return null;
    }
    snapshot.put(key, value);
    if (type.isInstance(value) && test.test(type.cast(value))) {
      return type.cast(value);
    }
    violation(key, rule);
    return null;
  }

  @Nullable Double number(String key, double min, double max) {
    var rule = "must be a number from %.0f to %.0f".formatted(min, max);
    var number =
        value(key, Number.class, rule, n -> n.doubleValue() >= min && n.doubleValue() <= max);
    return number == null ? null : number.doubleValue();
  }

  /** A whole number. {@code 40.0} is one: writers whose language has one number type send that. */
  @Nullable Integer integer(String key, int min) {
    var rule =
        min == Integer.MIN_VALUE ? "must be a whole number" : "must be a whole number from " + min;
    var number =
        value(
            key,
            Number.class,
            rule,
            n ->
                n.doubleValue() == Math.rint(n.doubleValue())
                    && n.doubleValue() >= min
                    && n.doubleValue() <= Integer.MAX_VALUE);
    return number == null ? null : number.intValue();
  }

  /** A map under this key; null where the key is absent or not a map. */
  @Nullable ProfileFields level(String key) {
    var map = value(key, Map.class, "must be a map", _ -> true);
    return map == null ? null : new ProfileFields(Violation.pointer(pointer, key), map, violations);
  }

  /** Puts only what is known of a level into this one's snapshot. */
  void keep(String key, ProfileFields level) {
    snapshot.put(key, level.snapshot());
  }

  void violation(String key, String rule) {
    violations.add(new Violation(Violation.pointer(pointer, key), rule));
  }

  /** The keys asked for, as they were given. */
  Map<String, Object> snapshot() {
    return Collections.unmodifiableMap(snapshot);
  }

  /** The keys that nobody asked for, sorted. */
  List<String> ignored() {
    var names = new TreeSet<String>();
    fields.forEach((key, value) -> {
      if (value != null && !snapshot.containsKey(String.valueOf(key))) {
        names.add(String.valueOf(key));
      }
    });
    return List.copyOf(names);
  }
}
