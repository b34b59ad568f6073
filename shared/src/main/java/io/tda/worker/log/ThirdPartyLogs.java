package io.tda.worker.log;

import io.tda.worker.log.ServiceEvent.ThirdPartyLog;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Brings what libraries log, through SLF4J or {@code java.util.logging}, into the one log of the
 * process, as {@code third_party_log} events from WARNING on.
 *
 * <p>A library's message may hold whatever it was working on: a prompt, a URL with a key. So the
 * arguments are never kept, and the message only where it is the pattern of a call with arguments;
 * without arguments it may have been put together from them before. What is kept instead is the
 * place of the statement that logged, which tells a developer as much.
 */
public final class ThirdPartyLogs {
  /** Libraries log before {@code main} has a logger; more than this in that time is dropped. */
  private static final int MAX_EARLY = 100;

  private static final Set<String> OUR_PART =
      Set.of(
          ThirdPartyLogs.class.getName(),
          JulHandler.class.getName(),
          ThirdPartyLogger.class.getName());

  private static final List<String> LIBRARIES_PART =
      List.of("org.slf4j.", "java.util.logging.", "sun.util.logging.", "jdk.internal.logger.");

  private static final StackWalker STACK = StackWalker.getInstance();

  private static final Queue<ThirdPartyLog> EARLY = new ArrayDeque<>();
  private static @Nullable EventLogger sink;

  private ThirdPartyLogs() {}

  /**
   * Sends what libraries log to this logger from now on, beginning with what they have logged so
   * far. Replaces all handlers of {@code java.util.logging}'s root logger.
   */
  public static synchronized void install(EventLogger logger) {
    sink = logger;
    for (var early = EARLY.poll(); early != null; early = EARLY.poll()) {
      logger.log(early, LogContext.NONE);
    }
    var root = LogManager.getLogManager().getLogger("");
    for (var handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(new JulHandler());
    root.setLevel(Level.WARNING);
  }

  /**
   * Passes one message on.
   *
   * @param pattern the message before its arguments were filled in
   * @param hasArguments whether there were any
   */
  static void log(
      Severity severity,
      String logger,
      @Nullable String pattern,
      boolean hasArguments,
      @Nullable Throwable thrown) {
    var kept = hasArguments ? pattern : null;
    pass(new ThirdPartyLog(severity, logger, source(), kept, Thrown.chain(thrown)));
  }

  private static void pass(ThirdPartyLog event) {
    var logger = sinkOrKeep(event);
    if (logger != null) {
      logger.log(event, LogContext.NONE);
    }
  }

  private static synchronized @Nullable EventLogger sinkOrKeep(ThirdPartyLog event) {
    if (sink == null && EARLY.size() < MAX_EARLY) {
      EARLY.add(event);
    }
    return sink;
  }

  /** The innermost call that is not part of a logging library. */
  private static @Nullable String source() {
    return STACK.walk(frames ->
        frames
            .filter(frame -> !isLogging(frame.getClassName()))
            .findFirst()
            .map(frame -> frame.toStackTraceElement().toString())
            .orElse(null));
  }

  private static boolean isLogging(String className) {
    return OUR_PART.contains(className) || LIBRARIES_PART.stream().anyMatch(className::startsWith);
  }

  /** The end of {@code java.util.logging}, which Google's clients use. */
  private static final class JulHandler extends Handler {
    JulHandler() {
      setLevel(Level.WARNING);
    }

    @Override
    public void publish(LogRecord entry) {
      if (isLoggable(entry)) {
        var name = entry.getLoggerName();
        var parameters = entry.getParameters();
        ThirdPartyLogs.log(
            entry.getLevel().intValue() >= Level.SEVERE.intValue()
                ? Severity.ERROR
                : Severity.WARNING,
            name == null ? "" : name,
            entry.getMessage(),
            parameters != null && parameters.length > 0,
            entry.getThrown());
      }
    }

    @Override
    public void flush() {
      // Every event is flushed when it is logged.
    }

    @Override
    public void close() {
      // The logger is not ours.
    }
  }
}
