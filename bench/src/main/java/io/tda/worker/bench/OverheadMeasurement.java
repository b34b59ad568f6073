package io.tda.worker.bench;

import io.tda.worker.bench.stack.Cloud;
import io.tda.worker.emulator.pubsub.PushSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One step at a time through both services and the emulators, and in turns through the bare
 * program: so whatever else goes on on the machine, both have their share of it.
 */
final class OverheadMeasurement implements Measurement {
  private static final List<Duration> MODELS = List.of(Duration.ZERO, Duration.ofMillis(200));
  private static final String SUBSCRIPTION = "bench-push";

  @Override
  public String name() {
    return "overhead";
  }

  @Override
  public List<Figure> take(Effort effort) throws Exception {
    var figures = new ArrayList<Figure>();
    try (var stack = Stack.start();
        var bare = BareProcess.start(stack.cloud())) {
      int steps = effort == Effort.QUICK ? 150 : 1_000;
      var _ = OverheadParts.measure(stack, bare, Stack.WARM_UP);
      for (var model : MODELS) {
        stack.cloud().model().latency(model);
        int count = model.isZero() ? steps : steps / 8;
        var parts = OverheadParts.measure(stack, bare, count);
        figures.addAll(figures(model, parts));
        if (model.isZero()) {
          figures.addAll(parts.pushed().figures("pushed directly"));
        }
      }
      stack.cloud().model().latency(Duration.ZERO);
      figures.addAll(hops(stack, steps / 2));
    }
    return figures;
  }

  private List<Figure> figures(Duration model, OverheadParts parts) {
    var subject = model.toMillis() + " ms model";
    var figures = new ArrayList<Figure>();
    add(figures, subject, "dispatcher", parts.dispatcher());
    add(figures, subject, "executor", parts.executor());
    add(figures, subject, "bare dispatch", parts.bareDispatch());
    add(figures, subject, "bare execute", parts.bareExecute());
    figures.addAll(parts.cpuFigures(name(), subject));
    figures.add(Figure.ratio(name(), subject, Headlines.RATIO, parts.ratio()));
    figures.add(Figure.ratio(name(), subject, "the same with the push", parts.ratioWithPush()));
    return figures;
  }

  private void add(List<Figure> figures, String subject, String part, Stopwatch stopwatch) {
    var latencies = stopwatch.distribution();
    figures.add(Figure.millis(name(), subject, part + " p50", latencies.millis(0.5)));
    figures.add(Figure.millis(name(), subject, part + " p99", latencies.millis(0.99)));
  }

  /** The whole way with Pub/Sub's own push between the services, told by their log lines. */
  private List<Figure> hops(Stack stack, int count) throws Exception {
    var hops = new Hops();
    stack.dispatcher().listen(hops::line);
    stack.executor().listen(hops::line);
    stack
        .cloud()
        .topics()
        .createPushSubscription(
            new PushSubscription(
                SUBSCRIPTION,
                Cloud.TOPIC,
                stack.executor().address("/push/step-claimed"),
                new PushSubscription.Delivery.Ordered()));
    for (int i = 0; i < count; i++) {
      var ready = stack.steps().ready();
      hops.begin(ready.id());
      stack.event(ready);
      hops.await(ready.id());
    }
    stack.cloud().topics().deleteSubscription(SUBSCRIPTION);
    return hops.figures("hops");
  }
}
