package io.tda.worker.log;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The trace context of a request (W3C Trace Context, level 1): what is passed along and logged. */
public record TraceParent(String traceId, String spanId, boolean sampled) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
  private static final int HEX = 16;

  /** The context in a {@code traceparent} header, or empty where there is none to be trusted. */
  public static Optional<TraceParent> parse(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    var match = FORM.matcher(header);
    if (!match.matches()) {
      return Optional.empty();
    }
    boolean sampled = (Integer.parseInt(match.group(3), HEX) & 1) == 1;
    return Optional.of(new TraceParent(match.group(1), match.group(2), sampled));
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
