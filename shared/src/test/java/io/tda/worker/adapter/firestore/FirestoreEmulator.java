package io.tda.worker.adapter.firestore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Google's Firestore emulator: the one at {@code FIRESTORE_EMULATOR_HOST}, or else that of the
 * installed Google Cloud CLI, started once for all tests of a JVM and stopped with it.
 */
public final class FirestoreEmulator {
  private static final String MISSING =
      "No Firestore emulator: set FIRESTORE_EMULATOR_HOST, or install one with"
          + " `gcloud components install cloud-firestore-emulator`, or leave out these tests with"
          + " -DskipITs.";
  private static final String MAIN_CLASS =
      "com.google.cloud.datastore.emulator.firestore.CloudFirestore";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private static @Nullable String host;

  /** One try for all tests: what is missing now is missing for the next one too. */
  private static @Nullable String failure;

  private FirestoreEmulator() {}

  /** Host and port of the emulator; the first call starts it where none runs. */
  public static synchronized String host() {
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
    if (host == null) {
      try {
        host = given().orElseGet(FirestoreEmulator::start);
      } catch (IllegalStateException notStarted) {
        failure = notStarted.getMessage();
        throw notStarted;
      }
    }
    return host;
  }

  private static Optional<String> given() {
    return Optional.ofNullable(System.getenv("FIRESTORE_EMULATOR_HOST"))
        .filter(value -> !value.isBlank());
  }

  private static String start() {
    try {
      var jar = jar().orElseThrow(() -> new IllegalStateException(MISSING));
      int port = freePort();
      var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      var log = Files.createTempFile("firestore-emulator", ".log");
      var process =
          new ProcessBuilder(
                  java, "-cp", jar.toString(), MAIN_CLASS, "--host=127.0.0.1", "--port=" + port)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, log)));
      awaitReady(process, port, log);
      return "127.0.0.1:" + port;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Optional<Path> jar() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(folder -> Path.of(folder, "gcloud"))
        .filter(Files::isExecutable)
        .flatMap(FirestoreEmulator::jars)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static Stream<Path> jars(Path gcloud) {
    try {
      // <sdk>/bin/gcloud; what is on the PATH is often a link to it.
      var jar = "../../platform/cloud-firestore-emulator/cloud-firestore-emulator.jar";
      return Stream.of(gcloud.toRealPath().resolve(jar).normalize());
    } catch (IOException unreadable) {
      return Stream.empty();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitReady(Process process, int port, Path log) throws IOException {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build();
    var deadline = System.nanoTime() + START_LIMIT.toNanos();
    try (var http = HttpClient.newHttpClient()) {
      while (System.nanoTime() < deadline && !process.waitFor(100, TimeUnit.MILLISECONDS)) {
        if (answers(http, request)) {
          return;
        }
      }
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    throw new IllegalStateException(
        "The Firestore emulator did not start:\n" + Files.readString(log));
  }

  private static boolean answers(HttpClient http, HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static void stop(Process process, Path log) {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Files.deleteIfExists(log);
    } catch (InterruptedException | IOException ignored) {
      process.destroyForcibly();
    }
  }
}
