package io.tda.worker.local.sim;

import io.tda.worker.dispatcher.CloudEventParser;
import io.tda.worker.dispatcher.DispatcherAssembly;
import io.tda.worker.dispatcher.EventOutcome;
import io.tda.worker.dispatcher.FlowRunEvent;
import io.tda.worker.dispatcher.FlowRunEventHandler;
import io.tda.worker.dispatcher.Reconcile;
import io.tda.worker.dispatcher.ReconcileScope;
import io.tda.worker.dispatcher.StepClaimer;
import io.tda.worker.dispatcher.Sweep;
import java.time.Duration;

/** One instance of the dispatcher: the service's own code, wired as its main does it. */
final class DispatcherService implements Fleet.Member {
  private static final String TYPE = "google.cloud.firestore.document.v1.written";
  private static final int CLAIM_ATTEMPTS = 4;
  private static final Duration LIMIT = Duration.ofSeconds(50);

  private final SimulatedProcess process;
  private final FlowRunEventHandler events;
  private final Sweep sweep;
  private final Reconcile reconcile;
  private final Coverage coverage;
  private int requests;

  DispatcherService(String name, Surroundings in) {
    process = in.start(name);
    coverage = in.coverage();
    var documents = in.documents(process);
    var ports =
        new DispatcherAssembly.Ports(
            in.runs(process, documents),
            in.leases(documents),
            in.publisher(process),
            in.log(process));
    var surroundings =
        new StepClaimer.Surroundings(
            process.clock(), in.world().random(), new ProcessTime(in.world(), process).sleeper());
    var terms = new StepClaimer.Terms(CLAIM_ATTEMPTS, in.plan().leases().dispatchLease());
    int claims = in.plan().habits().claimsPerEvent();
    events = DispatcherAssembly.eventHandler(ports, claims, terms, surroundings);
    sweep = DispatcherAssembly.sweep(ports, in.plan().leases(), surroundings);
    var scope = ReconcileScope.all(in.cursor(documents));
    reconcile = DispatcherAssembly.reconcile(ports, scope, claims, terms, surroundings);
  }

  @Override
  public SimulatedProcess process() {
    return process;
  }

  /** Eventarc's request. */
  void event(FlowRunEvent event, Answered answered) {
    var work = work(Work.Kind.EVENT, event.id());
    var changed =
        new CloudEventParser.Result.Changed(event, TYPE, "documents/flow_runs/" + event.runId());
    process.handle(
        work,
        () -> {
          var outcome = events.handle(changed);
          coverage.count("event", outcome.getClass().getSimpleName());
          return !(outcome instanceof EventOutcome.Redeliver);
        },
        answered);
  }

  /** The scheduler's request, each minute. */
  void sweep() {
    process.handle(
        work(Work.Kind.SWEEP, "sweep"), () -> sweep.run(LIMIT).complete(), new Answered(_ -> {}));
  }

  /** The scheduler's request, each hour. */
  void reconcile() {
    process.handle(
        work(Work.Kind.RECONCILE, "reconcile"),
        () -> reconcile.run(LIMIT).complete(),
        new Answered(_ -> {}));
  }

  private Work work(Work.Kind kind, String name) {
    return new Work(process, kind, name + "#" + ++requests, null);
  }
}
