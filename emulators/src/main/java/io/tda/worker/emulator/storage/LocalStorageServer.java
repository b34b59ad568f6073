package io.tda.worker.emulator.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Stands in for Cloud Storage where there is no emulator: objects in memory, generations,
 * preconditions, and faults on demand. It listens on 127.0.0.1 only and knows no access rights.
 */
public final class LocalStorageServer implements AutoCloseable {
  static {
    // Read once by the JDK's server. Without it an answer of two packets takes 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final List<String> API = List.of("storage", "v1", "b");

  private final ObjectTable table = new ObjectTable(InstantSource.system());
  private final UploadRoutes uploads = new UploadRoutes(table);
  private final ObjectRoutes objects = new ObjectRoutes(table);
  private final StorageFaults faults = new StorageFaults();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  private LocalStorageServer(HttpServer server) {
    this.server = server;
  }

  /** Starts an empty server on a port that the system chooses. */
  public static LocalStorageServer start() {
    return start(0);
  }

  /** Starts an empty server on this port of 127.0.0.1. */
  public static LocalStorageServer start(int port) {
    try {
      var address =
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
      var local = new LocalStorageServer(HttpServer.create(address, 0));
      local.server.setExecutor(local.threads);
      local.server.createContext("/", local::exchange);
      local.server.start();
      return local;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code STORAGE_EMULATOR_HOST} has to be for clients to come here. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Makes a bucket, if it is not there yet. */
  public void createBucket(String name) {
    table.createBucket(name);
  }

  /** Where tests order faults. */
  public StorageFaults faults() {
    return faults;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.close();
  }

  private void exchange(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = StorageRequest.read(exchange);
      switch (faults.take(request.call())) {
        case null -> route(request).send(exchange);
        case StorageFault.Answer(var status) -> StorageReply.error(status).send(exchange);
        case StorageFault.DropBefore() -> {}
        case StorageFault.DropAfter() -> route(request);
        case StorageFault.Slow(var delay) -> {
          if (!closed.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
            route(request).send(exchange);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private StorageReply route(StorageRequest request) throws IOException {
    var path = request.path();
    try {
      if (path.size() == 6 && path.getFirst().equals("upload")) {
        return uploads.handle(request);
      }
      var rest = path.getFirst().equals("download") ? path.subList(1, path.size()) : path;
      return rest.size() >= API.size() && rest.subList(0, API.size()).equals(API)
          ? objects.handle(rest.subList(API.size(), rest.size()), request)
          : StorageReply.error(404);
    } catch (JsonProcessingException | NumberFormatException e) {
      return StorageReply.error(400);
    }
  }
}
