package io.tda.worker.log;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Decides which fields may be written to the log, and in which form. Pure; never throws, whatever
 * the values do.
 *
 * <p>Refused are names that promise secrets or payload, texts over {@value #MAX_TEXT} characters,
 * lists and objects over {@value #MAX_ITEMS} items ({@code flowRunSteps} excepted), what is nested
 * deeper than {@value #MAX_DEPTH} levels, and anything that looks like a dump of the environment.
 * Inside an object or list only the offending part is left out. Values without a JSON form become
 * the name of their class. Secrets are masked in all texts and names.
 */
public final class FieldGate {
  /** The longest text that is written, in characters. */
  public static final int MAX_TEXT = 4096;

  /** The longest list that is written. */
  public static final int MAX_ITEMS = 200;

  static final int MAX_DEPTH = 12;

  private final SecretMask mask;

  public FieldGate(SecretMask mask) {
    this.mask = mask;
  }

  /**
   * What may be written.
   *
   * @param fields strings, numbers, booleans, lists and maps of these, in the order given
   * @param refusals what was left out, each name and rule once
   */
  public record Admitted(Map<String, Object> fields, List<Refusal> refusals) {
    public Admitted {
      refusals = List.copyOf(refusals);
    }
  }

  /**
   * One field that was left out.
   *
   * @param field its name, with the names of the objects around it, joined by dots
   */
  public record Refusal(String field, Rule rule) {}

  /** Why a field is left out. */
  public enum Rule {
    FORBIDDEN_NAME,
    TEXT_TOO_LONG,
    TOO_MANY_ITEMS,
    TOO_DEEP,
    TOO_LARGE,
    ENVIRONMENT_DUMP,
    /** Reading the value failed. */
    UNREADABLE;

    /** The rule's name in a log line. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Judges the fields of one line. */
  public Admitted admit(Map<String, Object> fields) {
    var admitted = LinkedHashMap.<String, Object>newLinkedHashMap(fields.size());
    var walk = new FieldWalk(mask);
    var marks = new EnvironmentMarks();
    for (var field : fields.entrySet()) {
      marks.name(field.getKey());
      walk.field(field.getKey(), field.getValue(), admitted);
    }
    return marks.isDump()
        ? new Admitted(Map.of(), List.of(new Refusal("(all)", Rule.ENVIRONMENT_DUMP)))
        : new Admitted(admitted, walk.refusals());
  }
}
