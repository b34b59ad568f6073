package io.tda.worker.bench;

import io.tda.worker.log.CloudLoggingEventLogger;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.FieldGate;
import io.tda.worker.log.LogOrigin;
import io.tda.worker.log.SecretMask;
import io.tda.worker.log.Severity;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Set;

/** The services' own log, down to the bytes of each line, which then go nowhere. */
final class DiscardedLog {
  private DiscardedLog() {}

  static EventLogger logger() {
    return new CloudLoggingEventLogger(
        new LogOrigin("bench", LogOrigin.Component.EXECUTOR, "bench", "bench-project"),
        new FieldGate(new SecretMask(Set.of("canary-for-the-mask-of-a-benchmark"))),
        Severity.INFO,
        OutputStream.nullOutputStream(),
        InstantSource.system());
  }
}
