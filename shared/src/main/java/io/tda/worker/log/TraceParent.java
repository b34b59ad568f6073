package io.tda.worker.log;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The trace context of a request (W3C Trace Context, level 1): what is passed along and logged. */
public record TraceParent(String traceId, String spanId, boolean sampled) {
  private static final int HEX = 16;
  private static final int TRACE_ID = 3;
  private static final int SPAN_ID = TRACE_ID + 32 + 1;
  private static final int FLAGS = SPAN_ID + 16 + 1;
  private static final int LENGTH = FLAGS + 2;
  private static final String FORBIDDEN_VERSION = "ff";

  /** The context in a {@code traceparent} header, or empty where there is none to be trusted. */
  public static Optional<TraceParent> parse(@Nullable String header) {
    if (header == null || !hasForm(header)) {
      return Optional.empty();
    }
    boolean sampled = (Integer.parseInt(header, FLAGS, LENGTH, HEX) & 1) == 1;
    return Optional.of(
        new TraceParent(
            header.substring(TRACE_ID, SPAN_ID - 1),
            header.substring(SPAN_ID, FLAGS - 1),
            sampled));
  }

  /** By positions: a header is looked at for every line of the log. */
  private static boolean hasForm(String header) {
    return header.length() >= LENGTH
        && isId(header, 0, TRACE_ID - 1)
        && !header.startsWith(FORBIDDEN_VERSION)
        && isId(header, TRACE_ID, SPAN_ID - 1)
        && !isZero(header, TRACE_ID, SPAN_ID - 1)
        && isId(header, SPAN_ID, FLAGS - 1)
        && !isZero(header, SPAN_ID, FLAGS - 1)
        && isHex(header, FLAGS, LENGTH)
        && hasSoundEnd(header);
  }

  private static boolean isId(String header, int from, int to) {
    return isHex(header, from, to) && header.charAt(to) == '-';
  }

  private static boolean isHex(String header, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = header.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(String header, int from, int to) {
    for (int i = from; i < to; i++) {
      if (header.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }

  /** Later versions may add more; never a second line. */
  private static boolean hasSoundEnd(String header) {
    return header.length() == LENGTH
        || (header.charAt(LENGTH) == '-' && header.lines().limit(2).count() == 1);
  }

  /**
   * The header of a request, or one of a new trace where it has none to be trusted. Nobody records
   * the new trace, and its flag says so; its id joins the log lines of all that the request leads
   * to.
   */
  public static String orNew(@Nullable String header, RandomGenerator random) {
    return parse(header).isPresent() && header != null ? header : fresh(random).header();
  }

  private static TraceParent fresh(RandomGenerator random) {
    var format = HexFormat.of();
    // A trace or a span of nothing but zeros would be no valid one.
    return new TraceParent(
        format.toHexDigits(random.nextLong()) + format.toHexDigits(random.nextLong() | 1),
        format.toHexDigits(random.nextLong() | 1),
        false);
  }

  /** The header, in the first version of its form. */
  public String header() {
    return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
  }
}
