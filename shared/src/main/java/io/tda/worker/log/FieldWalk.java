package io.tda.worker.log;

import io.tda.worker.log.FieldGate.Refusal;
import io.tda.worker.log.FieldGate.Rule;
import io.tda.worker.time.Rfc3339;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One walk through one field of a line: makes a safe copy, and notes what was left out of it. */
final class FieldWalk {
  private static final String UNLIMITED = "flowRunSteps";
  private static final String MALFORMED_NAME = "(not a name)";

  /** Bounds the work on values that refer to themselves; a run of 10,000 steps has fewer. */
  private static final int MAX_VALUES = 100_000;

  private static final int MAX_REFUSALS = 10;
  private static final int MAX_PATH = 200;

  /** Names come from our own code, so they are few; the limit is for the day they do not. */
  private static final int MAX_JUDGEMENTS = 1_000;

  private static final Map<String, FieldName> JUDGEMENTS = new ConcurrentHashMap<>();

  private final SecretMask mask;
  private final EnvironmentMarks marks = new EnvironmentMarks();
  private final Set<Refusal> refusals = new LinkedHashSet<>();
  private int values;

  FieldWalk(SecretMask mask) {
    this.mask = mask;
  }

  /** Puts the field into the map, unless the whole of it is refused. */
  void field(String name, @Nullable Object value, Map<String, Object> target) {
    var safe = LinkedHashMap.<String, Object>newLinkedHashMap(1);
    try {
      member("", name, value, 0, safe);
    } catch (RuntimeException _) {
      refuseAll(name, Rule.UNREADABLE);
      return;
    }
    if (marks.isDump()) {
      refuseAll(name, Rule.ENVIRONMENT_DUMP);
    } else if (values > MAX_VALUES) {
      refuseAll(name, Rule.TOO_LARGE);
    } else {
      target.putAll(safe);
    }
  }

  /** What was left out, each name and rule once, and no more than {@value #MAX_REFUSALS}. */
  List<Refusal> refusals() {
    return List.copyOf(refusals);
  }

  private void member(
      String parent, Object key, @Nullable Object value, int depth, Map<String, Object> target) {
    if (value == null) {
      return;
    }
    var name = key instanceof String text ? text : "";
    var judgement = judge(name);
    var path = path(parent, judgement == FieldName.MALFORMED ? MALFORMED_NAME : mask.apply(name));
    marks.name(name);
    if (!judgement.allows(value)) {
      refused(path, Rule.FORBIDDEN_NAME);
      return;
    }
    var safe = value(path, value, depth);
    if (safe != null) {
      target.put(mask.apply(name), safe);
    }
  }

  /** The value's safe form, or null where it is refused. */
  private @Nullable Object value(String path, Object value, int depth) {
    if (++values > MAX_VALUES) {
      return null;
    }
    return switch (value) {
      case String text -> text(path, text);
      case Boolean flag -> flag;
      case Integer number -> number;
      case Long number -> number;
      case Double number -> Double.isFinite(number) ? number : number.toString();
      case Enum<?> word -> text(path, word.name());
      case Instant time -> Rfc3339.format(time);
      case Map<?, ?> map -> map(path, map, depth + 1);
      case Collection<?> list -> list(path, list, depth + 1);
      default -> "(" + value.getClass().getTypeName() + ")";
    };
  }

  private @Nullable Object text(String path, String text) {
    marks.text(text);
    return text.length() > FieldGate.MAX_TEXT
        ? refused(path, Rule.TEXT_TOO_LONG)
        : mask.apply(text);
  }

  private @Nullable Object map(String path, Map<?, ?> map, int depth) {
    if (depth > FieldGate.MAX_DEPTH) {
      return refused(path, Rule.TOO_DEEP);
    }
    var safe = new LinkedHashMap<String, Object>();
    int items = 0;
    for (var entry : map.entrySet()) {
      member(path, entry.getKey(), entry.getValue(), depth, safe);
      items++;
    }
    return items > FieldGate.MAX_ITEMS ? refused(path, Rule.TOO_MANY_ITEMS) : safe;
  }

  private @Nullable Object list(String path, Collection<?> list, int depth) {
    if (depth > FieldGate.MAX_DEPTH) {
      return refused(path, Rule.TOO_DEEP);
    }
    if (list.size() > FieldGate.MAX_ITEMS && !path.equals(UNLIMITED)) {
      return refused(path, Rule.TOO_MANY_ITEMS);
    }
    var safe = new ArrayList<>(list.size());
    for (var element : list) {
      var safeElement = element == null ? null : value(path, element, depth);
      if (safeElement != null) {
        safe.add(safeElement);
      }
    }
    return safe;
  }

  private @Nullable Object refused(String path, Rule rule) {
    if (refusals.size() < MAX_REFUSALS) {
      refusals.add(new Refusal(path, rule));
    }
    return null;
  }

  private void refuseAll(String name, Rule rule) {
    refusals.clear();
    refused(path("", judge(name) == FieldName.MALFORMED ? MALFORMED_NAME : mask.apply(name)), rule);
  }

  private static FieldName judge(String name) {
    var known = JUDGEMENTS.get(name);
    if (known != null) {
      return known;
    }
    var judgement = FieldName.judge(name);
    if (JUDGEMENTS.size() < MAX_JUDGEMENTS) {
      JUDGEMENTS.put(name, judgement);
    }
    return judgement;
  }

  private static String path(String parent, String name) {
    var path = parent.isEmpty() ? name : parent + "." + name;
    return path.length() > MAX_PATH ? path.substring(0, MAX_PATH) : path;
  }
}
