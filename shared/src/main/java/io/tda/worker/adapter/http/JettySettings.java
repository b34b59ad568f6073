package io.tda.worker.adapter.http;

import io.javalin.config.JettyConfig;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * How the server below Javalin treats connections.
 *
 * @param idle how long one may be silent, within a request or between two
 * @param stop how long requests that are under way may take when the server stops
 */
record JettySettings(Duration idle, Duration stop) {
  /** The stop has to fit into the 8 s that a shutdown may take. */
  static final JettySettings DEFAULT =
      new JettySettings(Duration.ofSeconds(30), Duration.ofMillis(5_500));

  /** Far more than one instance is ever sent at a time; the next ones wait to be accepted. */
  private static final int MAX_CONNECTIONS = 1_024;

  private static final int MAX_PLATFORM_THREADS = 16;
  private static final int MIN_PLATFORM_THREADS = 4;

  void apply(JettyConfig jetty) {
    jetty.threadPool = threads();
    jetty.modifyServer(server -> {
      server.setStopTimeout(stop.toMillis());
      server.setStopAtShutdown(false);
      server.insertHandler(new GracefulHandler());
      // What is no request at all is not worth a page.
      server.setErrorHandler((_, _, callback) -> {
        callback.succeeded();
        return true;
      });
    });
    jetty.modifyHttpConfiguration(http -> {
      http.setSendServerVersion(false);
      http.setSendXPoweredBy(false);
      http.setIdleTimeout(idle.toMillis());
    });
    jetty.addConnector(this::connector);
  }

  /** Platform threads for the selectors: on one processor, virtual ones could starve them. */
  private static QueuedThreadPool threads() {
    var pool = new QueuedThreadPool(MAX_PLATFORM_THREADS, MIN_PLATFORM_THREADS);
    pool.setName("http");
    pool.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory()));
    return pool;
  }

  private ServerConnector connector(Server server, HttpConfiguration http) {
    var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setIdleTimeout(idle.toMillis());
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
    return connector;
  }
}
