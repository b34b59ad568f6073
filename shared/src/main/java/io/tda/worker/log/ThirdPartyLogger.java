package io.tda.worker.log;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;

/** One library's SLF4J logger: passes on what is a WARN or worse. */
final class ThirdPartyLogger extends LegacyAbstractLogger {
  @Serial private static final long serialVersionUID = 1L;

  ThirdPartyLogger(String name) {
    this.name = name;
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return false;
  }

  @Override
  public boolean isInfoEnabled() {
    return false;
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable thrown) {
    var severity = level == Level.ERROR ? Severity.ERROR : Severity.WARNING;
    ThirdPartyLogs.log(severity, name, pattern, arguments != null && arguments.length > 0, thrown);
  }
}
