package io.tda.worker.adapter.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinException;
import java.util.Map;

/**
 * The server of a service: its POST paths, and {@code /health/live} and {@code /health/ready}.
 * Every request has a virtual thread of its own.
 */
public final class HttpServer implements AutoCloseable {
  private final Javalin javalin;

  private HttpServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /**
   * Starts to take requests.
   *
   * @param port 0 for any that is free
   * @param routes by path
   */
  public static HttpServer start(int port, HttpEdge edge, Map<String, PostHandler> routes) {
    return start(port, edge, routes, JettySettings.DEFAULT);
  }

  static HttpServer start(
      int port, HttpEdge edge, Map<String, PostHandler> routes, JettySettings settings) {
    var javalin =
        Javalin.create(config -> {
          settings.apply(config.jetty);
          quiet(config);
          routes.forEach((path, handler) -> config.routes.post(path, new PostRoute(edge, handler)));
          config.routes.get("/health/live", context -> context.status(Answer.DONE.status()));
          config.routes.get("/health/ready", context -> ready(context, edge.draining()));
        });
    return new HttpServer(javalin.start(port));
  }

  private static void quiet(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    // Javalin would say which path was asked for.
    config.routes.error(404, context -> context.result(""));
    config.routes.error(405, context -> context.result(""));
  }

  private static void ready(Context context, Draining draining) {
    context.status((draining.hasBegun() ? Answer.COME_AGAIN : Answer.DONE).status());
  }

  /** Where it listens. */
  public int port() {
    return javalin.port();
  }

  /** Takes no more requests, and waits a while for those that are under way to be answered. */
  @Override
  public void close() {
    try {
      javalin.stop();
    } catch (JavalinException e) {
      // Requests that took too long are cut off. Javalin has logged that, and they come again.
    }
  }
}
