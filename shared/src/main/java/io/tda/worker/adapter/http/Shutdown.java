package io.tda.worker.adapter.http;

import io.tda.worker.log.EventLogger;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.ServiceEvent.InternalError;
import io.tda.worker.log.ServiceEvent.ServiceStopped;
import io.tda.worker.log.ServiceEvent.ServiceStopping;
import java.time.Duration;

/**
 * Ends a service: no new work, what is under way is handed back and answered, then the clients are
 * closed. The platform allows 10 s; this takes 8 at most.
 */
record Shutdown(Draining draining, ServiceProcess.Running running, EventLogger log)
    implements Runnable {
  @Override
  public void run() {
    var started = System.nanoTime();
    log.log(new ServiceStopping(), LogContext.NONE);
    attempt(draining::begin);
    attempt(running.server()::close);
    running.clients().forEach(client -> attempt(client::close));
    var took = Duration.ofNanos(System.nanoTime() - started);
    log.log(new ServiceStopped(took), LogContext.NONE);
  }

  private interface Action {
    void run() throws Exception;
  }

  /** Whatever fails, the rest is still to be done. */
  private void attempt(Action action) {
    try {
      action.run();
    } catch (Exception e) {
      log.log(InternalError.of(e), LogContext.NONE);
    }
  }
}
