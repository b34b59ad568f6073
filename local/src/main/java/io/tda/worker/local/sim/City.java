package io.tda.worker.local.sim;

import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.id.StepKey;
import java.time.Duration;

/** Everything of one simulated world, put together. */
final class City {
  private final World world;
  private final Faults faults;
  private final SimulationPlan plan;
  private final SimulatedFirestore firestore;
  private final SimulatedStorage storage;
  private final SimulatedTopic topic;
  private final Invariants invariants;
  private final Orchestrator orchestrator;
  private final SimulatedScheduler scheduler;
  private final StoredState state = new StoredState();
  private boolean changed = true;

  City(World world, Faults faults, Coverage coverage, SimulationPlan plan, Seams seams) {
    this.world = world;
    this.faults = faults;
    this.plan = plan;
    invariants = new Invariants(world, plan);
    firestore = new SimulatedFirestore(world, faults);
    storage = new SimulatedStorage(world, faults, invariants);
    var model = new SimulatedModel(world, faults, invariants);
    topic = new SimulatedTopic(world, faults, invariants, plan.deliveries().maxDeliveryAttempts());
    var in =
        new Surroundings(
            world,
            faults,
            new Surroundings.Backends(firestore, topic, storage, model),
            invariants,
            coverage,
            plan,
            seams);
    var sizes = plan.sizes();
    var dispatchers =
        new Fleet<>(
            world, "dispatcher", sizes.dispatchers(), 8, name -> new DispatcherService(name, in));
    topic.deliverTo(
        new Fleet<>(
            world,
            "executor",
            sizes.executors(),
            sizes.concurrency(),
            name -> new ExecutorService(name, in)));
    firestore.onCommit(new SimulatedEventarc(world, faults, dispatchers)::committed);
    firestore.onCommit((_, _) -> changed = true);
    scheduler = new SimulatedScheduler(world, faults, dispatchers);
    orchestrator = new Orchestrator(world, faults, firestore, storage);
    invariants.watch(firestore, storage);
    state.watch(firestore, storage);
  }

  /** Begins. */
  void found() {
    RunDocuments.registry(firestore);
    orchestrator.start(plan.sizes());
    scheduler.start();
    if (faults.strikes(Fault.MESSAGE_UNREADABLE)) {
      world.after(Duration.ofMinutes(2), topic::publishUnreadable);
    }
  }

  /** Whether nothing is left to do. */
  boolean isAtRest() {
    if (!faults.isStopped() || !changed) {
      return false;
    }
    changed = false;
    return orchestrator.isDone(plan.sizes().runs()) && state.leases() == 0;
  }

  /** The time in which everything has to end is over. */
  void stuck() {
    for (var run : orchestrator.runs()) {
      var steps = StoredState.map(state.fields(RunDocuments.run(run)).get("steps"));
      for (var name : steps.keySet()) {
        var step = new StepKey(new RunId(run), new StepId(String.valueOf(name)));
        if (state.isOwed(step) || !state.lease(step).isEmpty()) {
          stuck(
              step.toString(),
              "is " + state.step(step).get("status") + ", lease " + state.lease(step));
        }
      }
    }
    stuck("", "something is left to do");
  }

  private void stuck(String subject, String what) {
    world.violated(new Violation(Invariant.I5, subject, what));
  }
}
