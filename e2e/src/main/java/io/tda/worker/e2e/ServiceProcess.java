package io.tda.worker.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A service as a process of its own, from the build's own layout. It ends when it is closed, and
 * with this process.
 */
public final class ServiceProcess implements AutoCloseable {
  /** This machine's memory is not the container's; many of them run at once. */
  private static final String HEAP = "-Xmx256m";

  /** Cloud Run's own patience after SIGTERM. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final ServiceApp app;
  private final Process process;
  private final ProcessOutput output;
  private final List<Thread> readers;
  private final Thread hook;

  private ServiceProcess(ServiceApp app, Process process) {
    this.app = app;
    this.process = process;
    this.output = new ProcessOutput();
    this.readers =
        List.of(output.readLog(process.inputReader()), output.readErrors(process.errorReader()));
    this.hook = new Thread(process::destroyForcibly, "end of " + app.component());
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts a service and does not wait for it.
   *
   * @param environment all of it: the service sees nothing of this process's own
   */
  public static ServiceProcess launch(ServiceApp app, Map<String, String> environment) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(ServiceApp.jvmOptions(), HEAP, "-cp", app.jar().toString(), app.mainClass()));
    var builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      var process = builder.start();
      process.getOutputStream().close();
      return new ServiceProcess(app, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it takes requests, and says where. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port());
  }

  int port() {
    var started =
        Awaiting.value(
            app.component() + " to start",
            () -> {
              if (!isAlive()) {
                throw new AssertionError(app.component() + " ended: " + output.text(0));
              }
              return first(line -> line.event().equals("service_started"));
            });
    return started.at("/port").asInt();
  }

  /** Which service it is. */
  public ServiceApp app() {
    return app;
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Its log so far. */
  public List<LogLine> log() {
    return output.log();
  }

  /** What it has printed that is no log line; nothing, if all is well. */
  public List<String> unexpectedOutput() {
    return output.other();
  }

  /** All lines that it has printed, on both streams, from this one on. */
  public List<String> text(int from) {
    return output.text(from);
  }

  /** Waits for a log line. */
  public LogLine awaitLine(String what, Predicate<LogLine> which) {
    return Awaiting.value(app.component() + ": " + what, () -> first(which));
  }

  /** Sends a signal. */
  public void send(Signal signal) {
    try {
      var kill = new ProcessBuilder("kill", "-" + signal.name(), Long.toString(pid())).start();
      if (kill.waitFor() != 0 && isAlive()) {
        throw new IllegalStateException("cannot send " + signal + " to " + app.component());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Waits for its end, and for the last of its output.
   *
   * @return its exit code, above 128 for a signal; empty where it is still alive after this time
   */
  public Optional<Integer> awaitEnd(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
      for (var reader : readers) {
        reader.join(patience);
      }
      return Optional.of(process.exitValue());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Ends it as Cloud Run does: SIGTERM, and SIGKILL after ten seconds. Frozen, it is killed. */
  @Override
  public void close() {
    if (isAlive()) {
      send(Signal.TERM);
      if (awaitEnd(GRACE).isEmpty()) {
        process.destroyForcibly();
        awaitEnd(GRACE);
      }
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This process is ending; the hook runs.
    }
  }

  private Optional<LogLine> first(Predicate<LogLine> which) {
    return output.log().stream().filter(which).findFirst();
  }
}
