package io.tda.worker.store;

import java.time.Instant;

/** A value read from a document, with the update time that a later write can be held to. */
public record Versioned<T>(T value, Instant updateTime) {}
