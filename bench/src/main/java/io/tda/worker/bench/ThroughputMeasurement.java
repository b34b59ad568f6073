package io.tda.worker.bench;

import io.tda.worker.bench.stack.ServiceProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many steps at once: the executor driven by push envelopes directly, with a model that takes 200
 * ms; the bare program under the same load; and the dispatcher driven by events.
 */
final class ThroughputMeasurement implements Measurement {
  private static final Duration MODEL = Duration.ofMillis(200);
  private static final List<Integer> IN_FLIGHT_QUICK = List.of(1, 64);
  private static final List<Integer> IN_FLIGHT = List.of(1, 4, 16, 64, 128, 256);
  private static final String HEAP = "heap";

  @Override
  public String name() {
    return "throughput";
  }

  @Override
  public List<Figure> take(Effort effort) throws Exception {
    var figures = new ArrayList<Figure>();
    try (var stack = Stack.start();
        var bare = BareProcess.start(stack.cloud())) {
      warmUp(stack, bare);
      for (int inFlight : effort == Effort.QUICK ? IN_FLIGHT_QUICK : IN_FLIGHT) {
        int count = effort == Effort.QUICK ? 8 * inFlight + 8 : 16 * inFlight + 32;
        figures.addAll(executor(stack, inFlight, count));
        figures.addAll(bare(stack, bare, inFlight, count));
        figures.addAll(dispatcher(stack, inFlight, count));
      }
    }
    return figures;
  }

  private static void warmUp(Stack stack, BareProcess bare) throws Exception {
    var _ = drain(claimed(stack, Stack.WARM_UP), 16, stack::push);
    var _ = drain(claimed(stack, Stack.WARM_UP), 16, bare::execute);
    var _ = drain(ready(stack, Stack.WARM_UP), 16, stack::event);
    stack.cloud().model().latency(MODEL);
  }

  private List<Figure> executor(Stack stack, int inFlight, int count) throws Exception {
    var work = claimed(stack, count);
    var cpu = stack.executor().cpu();
    var took = drain(work, inFlight, stack::push);
    var subject = "executor, " + inFlight + " in flight";
    var figures = figures(subject, count, took, inFlight);
    figures.addAll(service(subject, stack.executor(), cpu, count));
    return figures;
  }

  private List<Figure> bare(Stack stack, BareProcess bare, int inFlight, int count)
      throws Exception {
    var work = claimed(stack, count);
    var cpu = bare.cpu();
    var took = drain(work, inFlight, bare::execute);
    var subject = "bare program, " + inFlight + " in flight";
    var figures = figures(subject, count, took, inFlight);
    figures.add(cpu(subject, bare.cpu().minus(cpu), count));
    return figures;
  }

  private List<Figure> dispatcher(Stack stack, int inFlight, int count) throws Exception {
    var work = ready(stack, count);
    var cpu = stack.dispatcher().cpu();
    var took = drain(work, inFlight, stack::event);
    var subject = "dispatcher, " + inFlight + " in flight";
    var figures = new ArrayList<Figure>();
    figures.add(Figure.perSecond(name(), subject, count * 1e9 / took.toNanos()));
    figures.addAll(service(subject, stack.dispatcher(), cpu, count));
    return figures;
  }

  private List<Figure> figures(String subject, int count, Duration took, int inFlight) {
    double perSecond = count * 1e9 / took.toNanos();
    double ideal = inFlight * 1e9 / MODEL.toNanos();
    var figures = new ArrayList<Figure>();
    figures.add(Figure.perSecond(name(), subject, perSecond));
    figures.add(
        new Figure(
            name(), subject, "of the ideal", 100 * perSecond / ideal, "%", Figure.Better.MORE));
    return figures;
  }

  private List<Figure> service(
      String subject, ServiceProcess service, Duration cpuBefore, int count) {
    return List.of(
        cpu(subject, service.cpu().minus(cpuBefore), count),
        Figure.mebibytes(name(), subject, HEAP, Diagnostics.heapUsed(service)),
        Figure.mebibytes(name(), subject, "peak RSS", service.memory("VmHWM")));
  }

  private Figure cpu(String subject, Duration time, int count) {
    return Figure.millisEach(name(), subject, "CPU a step", time, count);
  }

  private static Queue<CloudSteps.Claimed> claimed(Stack stack, int count) throws Exception {
    return prepared(count, () -> stack.steps().claimed());
  }

  private static Queue<CloudSteps.Ready> ready(Stack stack, int count) throws Exception {
    return prepared(count, () -> stack.steps().ready());
  }

  private static <T> Queue<T> prepared(int count, Callable<T> make) throws Exception {
    var prepared = new ConcurrentLinkedQueue<T>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      var made = new ArrayList<Future<T>>();
      for (int i = 0; i < count; i++) {
        made.add(threads.submit(make));
      }
      for (var one : made) {
        prepared.add(one.get());
      }
    }
    return prepared;
  }

  @FunctionalInterface
  private interface Work<T> {
    void on(T prepared) throws Exception;
  }

  /** Works on all that is prepared, so many at a time. */
  private static <T> Duration drain(Queue<T> prepared, int inFlight, Work<T> work)
      throws Exception {
    long started = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var lanes = new ArrayList<Future<?>>();
      for (int i = 0; i < inFlight; i++) {
        lanes.add(
            threads.submit(
                (Callable<Void>)
                    () -> {
                      for (var next = prepared.poll(); next != null; next = prepared.poll()) {
                        work.on(next);
                      }
                      return null;
                    }));
      }
      for (var lane : lanes) {
        lane.get();
      }
    }
    return Duration.ofNanos(System.nanoTime() - started);
  }
}
