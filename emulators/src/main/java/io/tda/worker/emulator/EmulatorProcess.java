package io.tda.worker.emulator;

import io.tda.worker.emulator.EmulatorSource.Attempt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An emulator as a child of this process. It ends when it is closed and, unless that is the
 * caller's business, when this process ends in any way that runs shutdown hooks, SIGTERM and SIGINT
 * included. After a SIGKILL it stays: nothing portable can be done about that.
 */
final class EmulatorProcess {
  private static final int MAX_STARTS = 3;
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int MAX_POLLS = 600;
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Process process;
  private final Path output;
  private final Thread hook;

  private EmulatorProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
    this.hook = new Thread(process::destroyForcibly, "end of emulator " + process.pid());
  }

  /** Starts the command on a free port, and again on another where that one was taken meanwhile. */
  static Attempt start(EmulatorKind kind, List<String> command, boolean endWithProcess) {
    for (int i = 0; i < MAX_STARTS; i++) {
      int port = freePort();
      var emulator = run(command, port);
      if (!emulator.endsWithThisProcess()) {
        return new Attempt.Unavailable("this process is ending");
      }
      if (emulator.isReady(kind, port)) {
        if (!endWithProcess) { // it did until now: nobody else knew of it
          emulator.removeHook();
        }
        return new Attempt.Started(
            new Emulator(
                kind,
                Emulator.THIS_MACHINE + ":" + port,
                Emulator.THIS_MACHINE,
                "the installed Google Cloud CLI's",
                emulator::end));
      }
      emulator.end();
    }
    return new Attempt.Unavailable("the Google Cloud CLI's emulator does not start");
  }

  private boolean endsWithThisProcess() {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      return true;
    } catch (IllegalStateException e) { // it is ending already
      process.destroyForcibly();
      return false;
    }
  }

  private static EmulatorProcess run(List<String> command, int port) {
    var whole = new ArrayList<>(command);
    whole.add("--host=" + Emulator.THIS_MACHINE);
    whole.add("--port=" + port);
    try {
      var output = Files.createTempFile("emulator-", ".log");
      var process =
          new ProcessBuilder(OwnSession.of(whole))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      process.getOutputStream().close();
      return new EmulatorProcess(process, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isReady(EmulatorKind kind, int port) {
    try (var probe = new ReadyProbe(kind, port)) {
      for (int i = 0; i < MAX_POLLS && process.isAlive(); i++) {
        if (probe.answers()) {
          // Alive, so it is this process that answers and not another on a contested port.
          return !process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
          return false;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private void end() {
    process.destroy();
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
      Files.deleteIfExists(output);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    removeHook();
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This process is ending; the hook runs.
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
