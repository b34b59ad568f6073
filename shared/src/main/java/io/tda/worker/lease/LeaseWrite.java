package io.tda.worker.lease;

import io.tda.worker.store.Versioned;

/** What became of a write to a lease. */
public sealed interface LeaseWrite {

  /** The lease is now as given. */
  record Written(Versioned<StepLease> lease) implements LeaseWrite {}

  /** The lease was changed or removed by somebody else since it was read; nothing was written. */
  record Lost() implements LeaseWrite {}
}
