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

/** How the server below Javalin treats connections. */
final class JettySettings {
  /** How long a connection may be silent, within a request or between two. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  /** Of the 8 s that a shutdown may take. */
  private static final Duration STOP = Duration.ofMillis(6_500);

  /** Far more than one instance is ever sent at a time; the next ones wait to be accepted. */
  private static final int MAX_CONNECTIONS = 1_024;

  private static final int MAX_PLATFORM_THREADS = 16;
  private static final int MIN_PLATFORM_THREADS = 4;

  private JettySettings() {}

  static void apply(JettyConfig jetty) {
    jetty.threadPool = threads();
    jetty.modifyServer(server -> {
      server.setStopTimeout(STOP.toMillis());
      server.setStopAtShutdown(false);
      server.insertHandler(new GracefulHandler());
    });
    jetty.modifyHttpConfiguration(http -> {
      http.setSendServerVersion(false);
      http.setSendXPoweredBy(false);
      http.setIdleTimeout(IDLE.toMillis());
    });
    jetty.addConnector(JettySettings::connector);
  }

  /** Platform threads for the selectors: on one processor, virtual ones could starve them. */
  private static QueuedThreadPool threads() {
    var pool = new QueuedThreadPool(MAX_PLATFORM_THREADS, MIN_PLATFORM_THREADS);
    pool.setName("http");
    pool.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory()));
    return pool;
  }

  private static ServerConnector connector(Server server, HttpConfiguration http) {
    var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setIdleTimeout(IDLE.toMillis());
    server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
    return connector;
  }
}
