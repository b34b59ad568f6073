package io.tda.worker.adapter.telemetry;

/**
 * Says of whom telemetry speaks; the same words as in the log.
 *
 * @param component such as {@code dispatcher}
 * @param instance differs from that of any other process: without it, the counters of two instances
 *     would look like one that goes up and down
 */
public record Identity(String component, String version, String environment, String instance) {}
