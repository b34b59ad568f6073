package io.tda.worker.bench;

import java.time.Duration;
import java.util.List;

/**
 * The four parts of a step, measured in turns: the services' two, and the bare program's.
 *
 * @param pushed where the executor's time goes
 */
record OverheadParts(
    Stopwatch dispatcher,
    Stopwatch executor,
    Stopwatch bareDispatch,
    Stopwatch bareExecute,
    Hops pushed,
    Cpu cpu) {

  /** Processor time of all the steps, of each process. */
  record Cpu(Duration dispatcher, Duration executor, Duration bare) {
    static Cpu now(Stack stack, BareProcess bare) {
      return new Cpu(stack.dispatcher().cpu(), stack.executor().cpu(), bare.cpu());
    }

    Cpu since(Cpu before) {
      return new Cpu(
          dispatcher.minus(before.dispatcher),
          executor.minus(before.executor),
          bare.minus(before.bare));
    }
  }

  /** Measures so many steps. */
  static OverheadParts measure(Stack stack, BareProcess bare, int count) throws Exception {
    var dispatcher = new Stopwatch();
    var executor = new Stopwatch();
    var bareDispatch = new Stopwatch();
    var bareExecute = new Stopwatch();
    var hops = new Hops();
    stack.executor().listen(hops::line);
    var before = Cpu.now(stack, bare);
    for (int i = 0; i < count; i++) {
      var ready = stack.steps().ready();
      dispatcher.time(() -> stack.event(ready));
      bareDispatch.add(bare.dispatch(stack.steps().ready()));
      var claimed = stack.steps().claimed();
      hops.begin(claimed.id());
      executor.time(() -> stack.push(claimed));
      hops.answered(claimed.id());
      bareExecute.add(bare.execute(stack.steps().claimed()));
    }
    var cpu = Cpu.now(stack, bare).since(before);
    return new OverheadParts(dispatcher, executor, bareDispatch, bareExecute, hops, cpu);
  }

  /** The services' time by the bare program's, medians; without the hop of the push. */
  double ratio() {
    return (services() - pushed.median(Hops.PUSH)) / bare();
  }

  /** The same with the way of the push to the executor. */
  double ratioWithPush() {
    return services() / bare();
  }

  private double services() {
    return median(dispatcher) + median(executor);
  }

  private double bare() {
    return median(bareDispatch) + median(bareExecute);
  }

  /** Processor time of a step, in milliseconds. */
  List<Figure> cpuFigures(String section, String subject) {
    return List.of(
        cpu(section, subject, "dispatcher", cpu.dispatcher()),
        cpu(section, subject, "executor", cpu.executor()),
        cpu(section, subject, "bare program", cpu.bare()));
  }

  private Figure cpu(String section, String subject, String process, Duration time) {
    return Figure.millisEach(section, subject, process + " CPU a step", time, dispatcher.count());
  }

  private static double median(Stopwatch part) {
    return part.distribution().millis(0.5);
  }
}
