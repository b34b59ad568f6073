package io.tda.worker.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tda.worker.log.FieldGate.Admitted;
import io.tda.worker.log.FieldGate.Refusal;
import io.tda.worker.log.ServiceEvent.LogFieldRejected;
import io.tda.worker.time.Rfc3339;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes each event as one line of JSON in the form that Cloud Logging reads from a container's
 * output. Safe for use by many threads: a line reaches the stream in one write.
 *
 * <p>A field that the gate refuses is left out, and one {@code log_field_rejected} line for each
 * follows. A stream that fails loses lines, and nothing else: there is no other place to say so.
 */
public final class CloudLoggingEventLogger implements EventLogger {
  /** Cloud Logging takes entries up to 256 KiB, and cuts longer lines into several broken ones. */
  static final int MAX_LINE_BYTES = 250_000;

  private static final int TYPICAL_LINE = 768;

  private final LogOrigin origin;
  private final FieldGate gate;
  private final Severity minimum;
  private final OutputStream out;
  private final InstantSource clock;
  private final Map<String, Object> constants;

  /**
   * @param minimum events that matter less are not written
   * @param out flushed after every line, never closed
   */
  public CloudLoggingEventLogger(
      LogOrigin origin, FieldGate gate, Severity minimum, OutputStream out, InstantSource clock) {
    this.origin = origin;
    this.gate = gate;
    this.minimum = minimum;
    this.out = out;
    this.clock = clock;
    this.constants = constants(origin, gate);
  }

  @Override
  public void log(LogEvent event, LogContext context) {
    if (event.severity().compareTo(minimum) < 0) {
      return;
    }
    try {
      var admitted = gate.admit(LineFields.of(event, context, origin));
      var refusals = new ArrayList<>(admitted.refusals());
      write(shortened(event, admitted, refusals));
      if (event instanceof LogFieldRejected) {
        return;
      }
      for (var refusal : refusals) {
        log(new LogFieldRejected(event.name(), refusal.field(), refusal.rule().word()), context);
      }
    } catch (RuntimeException | IOException _) {
      // The promise is that logging never throws.
    }
  }

  private static Map<String, Object> constants(LogOrigin origin, FieldGate gate) {
    var constants = new LinkedHashMap<String, Object>();
    constants.put("service", LogOrigin.SERVICE);
    constants.put("env", origin.env());
    constants.put("component", origin.component().word());
    constants.put("version", origin.version());
    return gate.admit(constants).fields();
  }

  /** The line, without its largest fields where it would be too long with them. */
  private byte[] shortened(LogEvent event, Admitted admitted, List<Refusal> refusals) {
    var fields = admitted.fields();
    // A list of the 10,000 steps of a run is not written only to be thrown away.
    while (JsonText.length(fields) > MAX_LINE_BYTES) {
      refusals.add(withoutLargest(fields));
    }
    var line = line(event, fields);
    while (line.length > MAX_LINE_BYTES && !fields.isEmpty()) {
      refusals.add(withoutLargest(fields));
      line = line(event, fields);
    }
    return line;
  }

  private static Refusal withoutLargest(Map<String, Object> fields) {
    var largest =
        fields.entrySet().stream()
            .max(Comparator.comparingInt(field -> JsonText.length(field.getValue())))
            .orElseThrow()
            .getKey();
    fields.remove(largest);
    return new Refusal(largest, FieldGate.Rule.TOO_LARGE);
  }

  private byte[] line(LogEvent event, Map<String, Object> fields) {
    var line = new StringBuilder(TYPICAL_LINE).append('{');
    JsonText.member(line, "severity", event.severity().name());
    JsonText.member(line, "message", event.name());
    JsonText.member(line, "time", Rfc3339.format(clock.instant()));
    constants.forEach((name, value) -> JsonText.member(line, name, value));
    JsonText.member(line, "event", event.name());
    fields.forEach((name, value) -> JsonText.member(line, name, value));
    return line.append("}\n").toString().getBytes(UTF_8);
  }

  private void write(byte[] line) throws IOException {
    synchronized (out) {
      out.write(line);
      out.flush();
    }
  }
}
