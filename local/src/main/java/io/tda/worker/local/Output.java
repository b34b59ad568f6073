package io.tda.worker.local;

import io.tda.worker.local.console.ConsoleEventLogger;
import io.tda.worker.local.console.FollowedLog;
import io.tda.worker.local.console.Style;
import io.tda.worker.local.console.SummaryText;
import io.tda.worker.log.CloudLoggingEventLogger;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.FieldGate;
import io.tda.worker.log.LogOrigin;
import io.tda.worker.log.SecretMask;
import io.tda.worker.log.Severity;
import io.tda.worker.log.ThirdPartyLogs;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.BiConsumer;
import picocli.CommandLine;

/**
 * Where what a command has to say goes: the log to standard error, the summary to standard output.
 */
final class Output {
  private final PrintWriter out;
  private final PrintWriter err;
  private final Style style;

  private Output(PrintWriter out, PrintWriter err, Style style) {
    this.out = out;
    this.err = err;
    this.style = style;
  }

  /** The form of the summary. */
  enum Summary {
    NONE,
    TEXT,
    JSON
  }

  /** The form of the log. */
  enum LogFormat {
    JSON,
    TEXT
  }

  /** The output of a command; coloured where a person is looking. */
  @SuppressWarnings("SystemConsoleNull") // JDK 25 gives null again where there is no terminal
  static Output of(CommandLine command) {
    var noColor = System.getenv("NO_COLOR");
    var console = System.console();
    var style = Style.of(console != null && console.isTerminal(), noColor == null ? "" : noColor);
    return new Output(command.getOut(), command.getErr(), style);
  }

  /** A logger of this form, on standard error. */
  EventLogger logger(LogFormat format, Set<String> secrets) {
    return switch (format) {
      case TEXT -> new ConsoleEventLogger(err, style, InstantSource.system());
      case JSON ->
          new CloudLoggingEventLogger(
              new LogOrigin("local", LogOrigin.Component.EXECUTOR, ProjectVersion.text(), null),
              new FieldGate(new SecretMask(secrets)),
              Severity.INFO,
              System.err,
              InstantSource.system());
    };
  }

  /** Lets libraries say warnings only, as lines of the log. */
  Output withLibraryLogs() {
    ThirdPartyLogs.install(logger(LogFormat.TEXT, Set.of()));
    return this;
  }

  /** Shows the log lines of services, on standard error; takes the service's name and a line. */
  BiConsumer<String, String> followedLog(LogFormat format, Instant started) {
    return switch (format) {
      case TEXT -> new FollowedLog(err, style, started)::show;
      case JSON ->
          (_, line) -> {
            err.println(line);
            err.flush();
          };
    };
  }

  /** Labelled lines, on standard output. */
  SummaryText summaryText() {
    return new SummaryText(out, style);
  }

  /** Writes the summary. */
  void summary(Summary form, LocalRunResult result) {
    switch (form) {
      case NONE -> {}
      case TEXT -> RunSummary.text(result, new SummaryText(out, style));
      case JSON -> out.println(RunSummary.json(result));
    }
    out.flush();
  }
}
