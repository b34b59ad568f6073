package io.tda.worker.bench.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A service as a child of this process. It ends when it is closed, or when this process ends. */
public final class ServiceProcess implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("\"port\":(\\d+)");
  private static final Duration START = Duration.ofSeconds(90);

  /** A service in training writes its cache as it ends; on a busy machine that takes minutes. */
  private static final Duration GRACE = Duration.ofMinutes(5);

  private final Process process;
  private final Thread hook;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final StringBuilder tail = new StringBuilder();
  private volatile Consumer<String> listener;

  private ServiceProcess(Process process, Consumer<String> listener) {
    this.process = process;
    this.listener = listener;
    this.hook = new Thread(process::destroyForcibly, "end of service " + process.pid());
  }

  /**
   * Starts a service and waits until it says that it has started.
   *
   * @param command the program and its options, such as {@code taskset} and {@code java}
   * @param environment all of it; what this process has is not passed on
   * @param listener takes the log, line by line
   */
  public static ServiceProcess start(
      List<String> command, Map<String, String> environment, Consumer<String> listener) {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      var service = new ServiceProcess(builder.start(), listener);
      Runtime.getRuntime().addShutdownHook(service.hook);
      Thread.ofPlatform().daemon().name("log of " + service.process.pid()).start(service::read);
      service.port.get(START.toSeconds(), TimeUnit.SECONDS);
      return service;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException("the service does not start: " + e.getMessage(), e);
    }
  }

  /** The usual command for a service. */
  public static List<String> command(ServiceApp app, List<String> options) {
    var command = new ArrayList<String>();
    command.add(java());
    command.addAll(options);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-cp");
    command.add(app.jar().toString());
    command.add(app.mainClass());
    return command;
  }

  /** The program {@code java}: of this process, unless another one is to be tried. */
  public static String java() {
    var own = Path.of(System.getProperty("java.home"), "bin", "java");
    return System.getProperty("worker.bench.java", own.toString());
  }

  /** Where it listens. */
  public URI address(String path) {
    return URI.create("http://127.0.0.1:" + port.join() + path);
  }

  /** From now on the log goes there. */
  public void listen(Consumer<String> listener) {
    this.listener = listener;
  }

  /** Processor time since its start. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** A line of {@code /proc/PID/status}, such as {@code VmRSS}, in bytes; 0 where there is none. */
  public long memory(String field) {
    var status = Path.of("/proc", String.valueOf(process.pid()), "status");
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith(field + ":"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(kibibytes -> Long.parseLong(kibibytes) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  /** How many threads it has; 0 where the system does not say. */
  public long threads() {
    return memory("Threads") / 1024;
  }

  /** For those who attach to it. */
  public long pid() {
    return process.pid();
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as the platform would, and at last by force. */
  @Override
  public void close() {
    // Process.destroy would close the streams too, and who writes to them as it ends would fail.
    process.toHandle().destroy();
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This process is ending; the hook runs.
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!port.isDone()) {
          started(line);
        }
        listener.accept(line);
      }
    } catch (IOException e) {
      // It has ended.
    }
    port.completeExceptionally(new IllegalStateException("it ended, saying: " + tail));
  }

  private void started(String line) {
    if (tail.length() < 2_000) {
      tail.append(line).append('\n');
    }
    if (line.contains("\"service_started\"")) {
      var found = PORT.matcher(line);
      if (found.find()) {
        port.complete(Integer.parseInt(found.group(1)));
      }
    }
  }
}
