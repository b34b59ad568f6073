package io.tda.worker.time;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The one text form of a time in documents, artifacts and logs: UTC with milliseconds. */
public final class Rfc3339 {
  /** For years that do not have four digits; ten times as slow as the way for all others. */
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final int NANOS_PER_MILLI = 1_000_000;

  private Rfc3339() {}

  /** The time as text, such as {@code 2025-12-24T06:10:00.000Z}; finer digits are cut off. */
  public static String format(Instant time) {
    var utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
    if (utc.getYear() < 0 || utc.getYear() > 9999) {
      return FORM.format(time);
    }
    var text = "0000-00-00T00:00:00.000Z".getBytes(ISO_8859_1);
    digits(text, 3, utc.getYear());
    digits(text, 6, utc.getMonthValue());
    digits(text, 9, utc.getDayOfMonth());
    digits(text, 12, utc.getHour());
    digits(text, 15, utc.getMinute());
    digits(text, 18, utc.getSecond());
    digits(text, 22, utc.getNano() / NANOS_PER_MILLI);
    return new String(text, ISO_8859_1);
  }

  /** Writes a number over zeros, from its last digit to its first. */
  private static void digits(byte[] text, int last, int number) {
    int at = last;
    for (int rest = number; rest > 0; rest /= 10) {
      text[at--] = (byte) ('0' + rest % 10);
    }
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
