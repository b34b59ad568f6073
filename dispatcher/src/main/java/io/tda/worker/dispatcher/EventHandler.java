package io.tda.worker.dispatcher;

/** Where events come in, once they are read. Never throws; safe to repeat. */
public interface EventHandler {

  /** Handles a change of a run. */
  EventOutcome handle(CloudEventParser.Result.Changed changed);

  /** Handles an event that is about no run of ours. */
  EventOutcome handle(CloudEventParser.Result.Ignored event);
}
