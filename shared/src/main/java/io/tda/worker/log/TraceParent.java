package io.tda.worker.log;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The trace context of a request (W3C Trace Context, level 1), as far as log lines need it. */
record TraceParent(String traceId, String spanId, boolean sampled) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
  private static final int HEX = 16;

  /** The context in a {@code traceparent} header, or empty where there is none to be trusted. */
  static Optional<TraceParent> parse(@Nullable String header) {
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
}
