package io.tda.worker.log;

import io.tda.worker.log.FieldGate.Refusal;
import io.tda.worker.log.FieldGate.Rule;
import io.tda.worker.time.Rfc3339;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One walk through the fields of a line: makes safe copies, and notes what is left out of them. */
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
  private final List<Refusal> refusals = new ArrayList<>();

  /** The names that lead to the value that is looked at. */
  private final Deque<String> path = new ArrayDeque<>();

  private EnvironmentMarks marks = new EnvironmentMarks();
  private int values;

  FieldWalk(SecretMask mask) {
    this.mask = mask;
  }

  /** Puts the field's safe copy into the map, unless the whole of it is refused. */
  void field(String name, @Nullable Object value, Map<String, Object> target) {
    marks = new EnvironmentMarks();
    values = 0;
    int before = refusals.size();
    try {
      member(name, value, 0, target);
    } catch (RuntimeException _) {
      refuseAll(name, Rule.UNREADABLE, before);
      return;
    }
    if (marks.isDump()) {
      target.remove(mask.apply(name));
      refuseAll(name, Rule.ENVIRONMENT_DUMP, before);
    } else if (values > MAX_VALUES) {
      target.remove(mask.apply(name));
      refuseAll(name, Rule.TOO_LARGE, before);
    }
  }

  /** What was left out, each name and rule once, and no more than {@value #MAX_REFUSALS}. */
  List<Refusal> refusals() {
    return refusals;
  }

  private void member(Object key, @Nullable Object value, int depth, Map<String, Object> target) {
    if (value == null) {
      return;
    }
    var name = key instanceof String text ? text : "";
    var safeName = mask.apply(name);
    var judgement = judge(name);
    marks.name(name);
    path.addLast(judgement == FieldName.MALFORMED ? MALFORMED_NAME : safeName);
    if (judgement.allows(value)) {
      var safe = value(value, depth);
      if (safe != null) {
        target.put(safeName, safe);
      }
    } else {
      refused(Rule.FORBIDDEN_NAME);
    }
    path.removeLast();
  }

  /** The value's safe form, or null where it is refused. */
  private @Nullable Object value(Object value, int depth) {
    if (++values > MAX_VALUES) {
      return null;
    }
    return switch (value) {
      case String text -> text(text);
      case Boolean flag -> flag;
      case Integer number -> number;
      case Long number -> number;
      case Double number -> Double.isFinite(number) ? number : number.toString();
      case Enum<?> word -> text(word.name());
      case Instant time -> Rfc3339.format(time);
      case Map<?, ?> map -> map(map, depth + 1);
      case Collection<?> list -> list(list, depth + 1);
      default -> "(" + value.getClass().getTypeName() + ")";
    };
  }

  private @Nullable Object text(String text) {
    marks.text(text);
    return text.length() > FieldGate.MAX_TEXT ? refused(Rule.TEXT_TOO_LONG) : mask.apply(text);
  }

  private @Nullable Object map(Map<?, ?> map, int depth) {
    if (depth > FieldGate.MAX_DEPTH) {
      return refused(Rule.TOO_DEEP);
    }
    var safe = new LinkedHashMap<String, Object>();
    int items = 0;
    for (var entry : map.entrySet()) {
      member(entry.getKey(), entry.getValue(), depth, safe);
      items++;
    }
    return items > FieldGate.MAX_ITEMS ? refused(Rule.TOO_MANY_ITEMS) : safe;
  }

  private @Nullable Object list(Collection<?> list, int depth) {
    if (depth > FieldGate.MAX_DEPTH) {
      return refused(Rule.TOO_DEEP);
    }
    if (list.size() > FieldGate.MAX_ITEMS && !isUnlimited()) {
      return refused(Rule.TOO_MANY_ITEMS);
    }
    var safe = new ArrayList<>(list.size());
    for (var element : list) {
      var safeElement = element == null ? null : value(element, depth);
      if (safeElement != null) {
        safe.add(safeElement);
      }
    }
    return safe;
  }

  private boolean isUnlimited() {
    return path.size() == 1 && path.getLast().equals(UNLIMITED);
  }

  private @Nullable Object refused(Rule rule) {
    var names = String.join(".", path);
    var field = names.length() > MAX_PATH ? names.substring(0, MAX_PATH) : names;
    var refusal = new Refusal(field, rule);
    if (refusals.size() < MAX_REFUSALS && !refusals.contains(refusal)) {
      refusals.add(refusal);
    }
    return null;
  }

  private void refuseAll(String name, Rule rule, int before) {
    refusals.subList(before, refusals.size()).clear();
    path.clear();
    path.addLast(judge(name) == FieldName.MALFORMED ? MALFORMED_NAME : mask.apply(name));
    refused(rule);
    path.clear();
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
}
