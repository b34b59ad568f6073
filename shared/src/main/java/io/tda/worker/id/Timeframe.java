package io.tda.worker.id;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The candle width a step works on, such as {@code 1M}, {@code 1w} or {@code 4h}.
 *
 * @param value 1 to 16 letters and digits; the case matters ({@code 1M} is a month, {@code 1m} a
 *     minute)
 */
public record Timeframe(String value) {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9]{1,16}");
  private static final Pattern TOKEN_SEPARATOR = Pattern.compile("[_:]");
  private static final Pattern EMBEDDED = Pattern.compile("(?i)[0-9]{1,3}(mo|[smhdwy])");

  /** What a timeframe has to look like, for messages. */
  public static final String RULE = "must match " + FORM.pattern();

  public Timeframe {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("timeframe " + RULE);
    }
  }

  /** The timeframe, or empty where the text is not one. */
  public static Optional<Timeframe> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new Timeframe(text)) : Optional.empty();
  }

  /**
   * Whether the step id names a timeframe other than this one. A timeframe in a step id is a token
   * between {@code _} or {@code :} that looks like one, such as {@code 4h}; tokens are compared
   * ignoring case. An id with no such token contradicts nothing, and neither does any id a
   * timeframe that is written in another way, such as {@code 240}: it may mean the same.
   */
  public boolean isContradictedBy(StepId stepId) {
    if (!EMBEDDED.matcher(value).matches()) {
      return false;
    }
    var embedded =
        Arrays.stream(TOKEN_SEPARATOR.split(stepId.value()))
            .filter(token -> EMBEDDED.matcher(token).matches())
            .toList();
    return !embedded.isEmpty() && embedded.stream().noneMatch(value::equalsIgnoreCase);
  }

  @Override
  public String toString() {
    return value;
  }
}
