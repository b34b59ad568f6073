package io.tda.worker.config;

/** Where runs and leases are. */
public record FirestoreConfig(String database, String flowRuns, String stepLeases) {}
