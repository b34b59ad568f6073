package io.tda.worker.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What lies between one service and one of its neighbours: a TCP proxy that can hold bytes back,
 * lose them, or be cut. It knows nothing of what it carries.
 */
final class Wire implements AutoCloseable {
  private static final int CHUNK = 16 * 1024;

  /** The two directions. */
  enum Way {
    /** From the service. */
    REQUESTS,
    /** To the service. */
    ANSWERS
  }

  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Map<Way, Gate> gates = new EnumMap<>(Way.class);
  private final AtomicInteger cuts = new AtomicInteger();
  private volatile InetSocketAddress target;
  private volatile WireFaults faults = WireFaults.NONE;
  private volatile boolean down;
  private volatile boolean closed;

  private Wire(ServerSocket server, InetSocketAddress target) {
    this.server = server;
    this.target = target;
    for (var way : Way.values()) {
      gates.put(way, new Gate());
    }
  }

  /** Lays a wire to {@code host:port}. */
  static Wire to(String hostAndPort) {
    try {
      var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      var wire = new Wire(new ServerSocket(0, 1024, loopback), address(hostAndPort));
      Thread.ofVirtual().start(wire::accept);
      return wire;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetSocketAddress address(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    return new InetSocketAddress(
        hostAndPort.substring(0, colon), Integer.parseInt(hostAndPort.substring(colon + 1)));
  }

  /** Has connections from now on lead elsewhere; those that there are stay as they are. */
  void redirect(String hostAndPort) {
    target = address(hostAndPort);
  }

  /** Where the service has to connect, as {@code host:port}. */
  String host() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Keeps from now on what goes this way. */
  void hold(Way way) {
    gate(way).close();
  }

  /** Whether something has come and is held. */
  boolean isHolding(Way way) {
    return gate(way).waiting() > 0;
  }

  /** Lets go what was held, and what comes. */
  void pass(Way way) {
    gate(way).open();
  }

  /** Breaks connections at random from now on. */
  void disturb(WireFaults next) {
    faults = next;
  }

  /** While it is down, connections are closed as soon as they are made. */
  void down(boolean isDown) {
    down = isDown;
    if (isDown) {
      cut();
    }
  }

  /** Closes all connections; what is under way on them is lost. */
  void cut() {
    sockets.forEach(Wire::close);
  }

  /** How many connections the faults have broken. */
  int cuts() {
    return cuts.get();
  }

  /** Ends it; what is held never arrives. */
  @Override
  public void close() {
    closed = true;
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
    gates.values().forEach(Gate::open);
  }

  private Gate gate(Way way) {
    return gates.getOrDefault(way, new Gate());
  }

  private void accept() {
    while (!closed) {
      try {
        var service = server.accept();
        Thread.ofVirtual().start(() -> connect(service));
      } catch (IOException e) {
        // Closed; or out of file descriptors, which shows elsewhere.
      }
    }
  }

  private void connect(Socket service) {
    try {
      if (down) {
        service.close();
        return;
      }
      var neighbour = new Socket();
      sockets.add(service);
      sockets.add(neighbour);
      neighbour.connect(target);
      service.setTcpNoDelay(true);
      neighbour.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> carry(service, neighbour, Way.REQUESTS));
      carry(neighbour, service, Way.ANSWERS);
    } catch (IOException e) {
      close(service);
    }
  }

  private void carry(Socket from, Socket to, Way way) {
    var chunk = new byte[CHUNK];
    try (from;
        to) {
      for (int n = read(from, chunk); n >= 0; n = read(from, chunk)) {
        gate(way).pass();
        if (closed || down) {
          return;
        }
        if (faults.strike(way)) {
          cuts.incrementAndGet();
          return;
        }
        to.getOutputStream().write(chunk, 0, n);
      }
    } catch (IOException e) {
      // Cut; or one of the two has died.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static int read(Socket from, byte[] chunk) throws IOException {
    return from.getInputStream().read(chunk);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed as far as we are concerned.
    }
  }

  /** Lets chunks through, or makes them wait. */
  private static final class Gate {
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile CountDownLatch latch = new CountDownLatch(0);

    void close() {
      if (latch.getCount() == 0) { // else those who wait at it would wait for ever
        latch = new CountDownLatch(1);
      }
    }

    void open() {
      latch.countDown();
    }

    int waiting() {
      return waiting.get();
    }

    void pass() throws InterruptedException {
      waiting.incrementAndGet();
      try {
        latch.await();
      } finally {
        waiting.decrementAndGet();
      }
    }
  }
}
