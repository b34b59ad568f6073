package io.tda.worker.adapter.http;

import io.tda.worker.config.ServiceConfig;
import io.tda.worker.log.CloudLoggingEventLogger;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.FieldGate;
import io.tda.worker.log.LogOrigin;
import io.tda.worker.log.LogOrigin.Component;
import io.tda.worker.log.SecretMask;
import io.tda.worker.log.Severity;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.InstantSource;
import java.util.Set;

/** The log of a service's process: lines of JSON on its standard output. */
final class ServiceLog {
  private ServiceLog() {}

  /** A log for as long as nothing is known but that the settings are wrong. */
  static EventLogger beforeSettings(Component component, String version) {
    var origin = new LogOrigin("unknown", component, version, null);
    return logger(origin, new SecretMask(Set.of()), Severity.INFO);
  }

  static EventLogger of(
      Component component, String version, ServiceConfig service, SecretMask secrets) {
    var origin = new LogOrigin(service.environment(), component, version, service.project());
    return logger(origin, secrets, service.logLevel());
  }

  private static EventLogger logger(LogOrigin origin, SecretMask secrets, Severity minimum) {
    return new CloudLoggingEventLogger(
        origin,
        new FieldGate(secrets),
        minimum,
        // Not System.out: its buffers and its own lock would only be in the way.
        new FileOutputStream(FileDescriptor.out),
        InstantSource.system());
  }
}
