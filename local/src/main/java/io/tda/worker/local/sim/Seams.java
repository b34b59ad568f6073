package io.tda.worker.local.sim;

import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.dispatcher.StepPublisher;
import io.tda.worker.flow.FlowRunRepository;
import io.tda.worker.lease.LeaseRepository;
import io.tda.worker.llm.LLMClient;
import io.tda.worker.llm.PromptRepository;
import io.tda.worker.log.EventLogger;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.time.Ticker;
import io.tda.worker.time.TimeBudgetPolicy;
import java.time.InstantSource;

/**
 * Where something can be put between the worker's code and its surroundings. Nothing is, except by
 * the test that plants faults to see whether the simulator finds them.
 */
interface Seams {
  /** Nothing in between. */
  Seams NONE = new Seams() {};

  default DocumentStore documents(DocumentStore store) {
    return store;
  }

  /**
   * The runs.
   *
   * @param publisher the topic, for what publishes at the wrong time
   */
  default FlowRunRepository runs(FlowRunRepository runs, StepPublisher publisher) {
    return runs;
  }

  default LeaseRepository leases(LeaseRepository leases) {
    return leases;
  }

  default StepPublisher publisher(StepPublisher publisher) {
    return publisher;
  }

  default PromptRepository prompts(PromptRepository prompts) {
    return prompts;
  }

  default ArtifactStore artifacts(ArtifactStore artifacts) {
    return artifacts;
  }

  default LLMClient model(LLMClient model) {
    return model;
  }

  default EventLogger log(EventLogger log) {
    return log;
  }

  default Ticker ticker(Ticker ticker) {
    return ticker;
  }

  default InstantSource executorClock(InstantSource clock) {
    return clock;
  }

  default TimeBudgetPolicy budget(TimeBudgetPolicy budget) {
    return budget;
  }

  /** Whether a request of Pub/Sub is acknowledged at its end. */
  default boolean acknowledges(boolean done) {
    return done;
  }

  /** Whether a delivery is acknowledged before it is worked on. */
  default boolean acknowledgesFirst() {
    return false;
  }
}
