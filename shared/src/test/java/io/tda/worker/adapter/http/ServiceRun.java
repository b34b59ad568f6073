package io.tda.worker.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A service as a process of its own, started as it is deployed: from {@code target/app}. */
public final class ServiceRun implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> FLAGS =
      List.of(
          // As in the cloud, where what waits on the wrong kind of thread shows.
          "-XX:ActiveProcessorCount=1",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final Process process;
  private final List<JsonNode> lines = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Thread reader;
  private boolean ended;

  private ServiceRun(Process process) {
    this.process = process;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  /**
   * Starts a service; nothing but this is in its environment.
   *
   * @param module whose {@code target/app} it is; the working directory is the module's
   */
  public static ServiceRun start(String module, String main, Map<String, String> environment)
      throws IOException {
    var jar = Path.of("target", "app", module + ".jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " is missing: it is made in the package phase");
    }
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", jar.toString(), main));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new ServiceRun(builder.start());
  }

  /** Waits until a line of this event is logged, and gives the first. */
  public synchronized JsonNode await(String event) throws InterruptedException {
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (events(event).isEmpty()) {
      var left = Duration.ofNanos(end - System.nanoTime());
      if (ended || !left.isPositive()) {
        throw new AssertionError("no line of " + event + " but " + lines);
      }
      wait(Math.max(1, left.toMillis()));
    }
    return events(event).getFirst();
  }

  /** The lines of this event so far. */
  public synchronized List<JsonNode> events(String event) {
    return lines.stream().filter(it -> it.path("event").asText().equals(event)).toList();
  }

  /** The names of all lines so far. */
  public synchronized List<String> names() {
    return lines.stream().map(it -> it.path("event").asText()).toList();
  }

  /** All lines so far, as they were written. */
  public synchronized String text() {
    return lines.toString();
  }

  /** Posts to the service, which has to have started. */
  public CompletableFuture<HttpResponse<String>> post(
      String path, Map<String, String> headers, byte[] body) throws InterruptedException {
    var request = request(path).POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return client.sendAsync(request.build(), BodyHandlers.ofString());
  }

  /** The status of a GET. */
  public int get(String path) throws IOException, InterruptedException {
    return client.send(request(path).GET().build(), BodyHandlers.discarding()).statusCode();
  }

  private HttpRequest.Builder request(String path) throws InterruptedException {
    int port = await("service_started").path("port").asInt();
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
  }

  /** Sends SIGTERM. */
  public void terminate() {
    // Not Process.destroy(): that closes the stream of the last lines, too.
    process.toHandle().destroy();
  }

  /** Waits for its end, and for its last line. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end");
    }
    reader.join(PATIENCE);
    return process.exitValue();
  }

  /** Ends it at once, if it has not ended. */
  @Override
  public void close() {
    process.toHandle().destroyForcibly();
    client.shutdownNow();
  }

  private void read() {
    try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        add(JSON.readTree(line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      end();
    }
  }

  private synchronized void add(JsonNode line) {
    lines.add(line);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }
}
