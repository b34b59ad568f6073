package io.tda.worker.lease;

import io.tda.worker.flow.RunRead;
import io.tda.worker.store.Versioned;
import java.util.Optional;

/** A run and the lease of one of its steps, read together. */
public record RunAndLease(RunRead run, Optional<Versioned<StepLease>> lease) {}
