package io.tda.worker.dispatcher.http;

import io.tda.worker.adapter.http.Answer;
import io.tda.worker.adapter.http.PostHandler;
import io.tda.worker.dispatcher.Reconcile;
import io.tda.worker.dispatcher.Sweep;
import java.time.Duration;

/**
 * {@code POST /sweep} and {@code POST /reconcile}, which the scheduler calls. The answer holds
 * counts; what was not dealt with is still there for the next call, so it never asks for a repeat.
 */
public final class RecoveryCalls {
  /** Called every minute. */
  public static final String SWEEP_PATH = "/sweep";

  /** Called every hour. */
  public static final String RECONCILE_PATH = "/reconcile";

  private RecoveryCalls() {}

  /** Sweeps. The body is not looked at. */
  public static PostHandler sweep(Sweep sweep, Duration limit) {
    return _ -> {
      var result = sweep.run(limit);
      return Answer.json(
          "{\"expired\":%d,\"reclaimed\":%d,\"failed\":%d,\"deleted\":%d,\"complete\":%b}"
              .formatted(
                  result.expired(),
                  result.reclaimed(),
                  result.failed(),
                  result.deleted(),
                  result.complete()));
    };
  }

  /** Reconciles. The body is not looked at. */
  public static PostHandler reconcile(Reconcile reconcile, Duration limit) {
    return _ -> {
      var result = reconcile.run(limit);
      return Answer.json(
          "{\"runs\":%d,\"claimed\":%d,\"complete\":%b}"
              .formatted(result.runs(), result.claimed(), result.complete()));
    };
  }
}
