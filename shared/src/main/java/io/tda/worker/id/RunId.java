package io.tda.worker.id;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of a run, which is also its document id.
 *
 * @param value 1 to 128 characters of {@code [A-Za-z0-9_-]}, the first a letter or digit
 */
public record RunId(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");

  /** What an id has to look like, for messages. */
  public static final String RULE = "must match " + FORM.pattern();

  public RunId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("run id " + RULE);
    }
  }

  /** The id, or empty where the text is not one. */
  public static Optional<RunId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new RunId(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
