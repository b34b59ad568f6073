package io.tda.worker.flow;

/**
 * One rule that a document breaks. Holds where and which, never the value: a value can be payload.
 *
 * @param pointer JSON Pointer (RFC 6901) to the field, empty for the whole document
 * @param rule the rule in a few words, such as {@code "must be a string"}
 */
public record Violation(String pointer, String rule) {

  /** A pointer to a field of the thing that {@code parent} points to. */
  public static String pointer(String parent, String field) {
    return parent + "/" + field.replace("~", "~0").replace("/", "~1");
  }

  @Override
  public String toString() {
    return (pointer.isEmpty() ? "(document)" : pointer) + ": " + rule;
  }
}
