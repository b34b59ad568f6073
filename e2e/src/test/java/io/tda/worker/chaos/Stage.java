package io.tda.worker.chaos;

import static io.tda.worker.chaos.Wire.Way.ANSWERS;
import static io.tda.worker.chaos.Wire.Way.REQUESTS;

import io.tda.worker.e2e.Awaiting;
import io.tda.worker.e2e.RunBuilder;
import io.tda.worker.e2e.ServiceApp;

/**
 * Where a process dies. Each is reached by holding what is on one of its wires, so that the process
 * can get to exactly there and no further; the services know nothing of it.
 */
enum Stage {
  /** The step is RUNNING, and its message is not published. */
  AFTER_CLAIM(ServiceApp.DISPATCHER, 1) {
    @Override
    void reach(Chaos chaos, Member victim, RunBuilder run) {
      victim.wires().pubsub().hold(REQUESTS);
      chaos.begin(run);
      Awaiting.until(
          "the claim of " + run.id(),
          () -> chaos.status(run).equals("RUNNING") && victim.wires().pubsub().isHolding(REQUESTS));
    }
  },
  /** The message is published, and the dispatcher does not know. */
  AFTER_PUBLISH(ServiceApp.DISPATCHER, 1) {
    @Override
    void reach(Chaos chaos, Member victim, RunBuilder run) {
      victim.wires().pubsub().hold(ANSWERS);
      chaos.begin(run);
      Awaiting.until(
          "the message of " + run.id(),
          () -> chaos.deliveries().isPublished(run) && victim.wires().pubsub().isHolding(ANSWERS));
    }
  },
  /** The lease is held, and nothing is read yet. */
  AFTER_ACQUIRE(ServiceApp.EXECUTOR, 1) {
    @Override
    void reach(Chaos chaos, Member victim, RunBuilder run) {
      victim.wires().storage().hold(REQUESTS);
      chaos.begin(run);
      victim.awaitLine(run, "lease_acquired");
    }
  },
  /** The model is at work: what dies here is paid for. */
  DURING_MODEL_CALL(ServiceApp.EXECUTOR, 2) {
    @Override
    void reach(Chaos chaos, Member victim, RunBuilder run) {
      callModel(chaos, victim, run);
    }
  },
  /** The report is there, and the executor does not know. */
  AFTER_OBJECT_WRITTEN(ServiceApp.EXECUTOR, 1) {
    @Override
    void reach(Chaos chaos, Member victim, RunBuilder run) {
      callModel(chaos, victim, run);
      victim.wires().storage().hold(ANSWERS);
      victim.wires().model().pass(ANSWERS);
      Awaiting.until(
          "the report of " + run.id(), () -> chaos.stack().report(run, Chaos.STEP).isPresent());
    }
  },
  /** The report is known to be there, and the step is still RUNNING. */
  BEFORE_FINALIZE(ServiceApp.EXECUTOR, 1) {
    @Override
    void reach(Chaos chaos, Member victim, RunBuilder run) {
      callModel(chaos, victim, run);
      victim.wires().firestore().hold(REQUESTS);
      victim.wires().model().pass(ANSWERS);
      victim.awaitLine(run, "gcs_write_finished");
    }
  },
  /** The step is SUCCEEDED, and the message is not acknowledged. */
  AFTER_FINALIZE(ServiceApp.EXECUTOR, 1) {
    @Override
    void reach(Chaos chaos, Member victim, RunBuilder run) {
      callModel(chaos, victim, run);
      victim.wires().firestore().hold(ANSWERS);
      victim.wires().model().pass(ANSWERS);
      chaos.stack().await(run, Chaos.STEP, "SUCCEEDED");
    }
  };

  private final ServiceApp app;
  private final int modelCalls;

  Stage(ServiceApp app, int modelCalls) {
    this.app = app;
    this.modelCalls = modelCalls;
  }

  /** Who dies here. */
  ServiceApp app() {
    return app;
  }

  /** What the step costs in the end. */
  int modelCalls() {
    return modelCalls;
  }

  /** Brings a process that is warm, and to which the run is routed, to this place. */
  abstract void reach(Chaos chaos, Member victim, RunBuilder run);

  /** The model has been asked, and its answer waits. */
  static void callModel(Chaos chaos, Member executor, RunBuilder run) {
    executor.wires().model().hold(ANSWERS);
    chaos.begin(run);
    chaos.awaitModelCall(run);
  }
}
