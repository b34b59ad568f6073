package io.tda.worker.local.sim;

/** What goes wrong together, and can be switched off together. */
public enum FaultGroup {
  FIRESTORE,
  EVENTARC,
  PUBSUB,
  STORAGE,
  MODEL,
  SCHEDULER,
  CLOCK,
  PROCESS,
  ORCHESTRATOR
}
