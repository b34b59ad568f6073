package io.tda.worker.time;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The one text form of a time in documents, artifacts and logs: UTC with milliseconds. */
public final class Rfc3339 {
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Rfc3339() {}

  /** The time as text, such as {@code 2025-12-24T06:10:00.000Z}; finer digits are cut off. */
  public static String format(Instant time) {
    return FORM.format(time);
  }

  /** The time that a text of this form, or with more or fewer digits, names; empty for others. */
  public static Optional<Instant> parse(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
