package io.tda.worker.bench;

import io.tda.worker.adapter.firestore.FirestoreFlowRunRepository;
import io.tda.worker.adapter.firestore.FirestoreLeaseRepository;
import io.tda.worker.adapter.memory.InMemoryDocumentStore;
import io.tda.worker.config.LeaseConfig;
import io.tda.worker.dispatcher.DispatcherAssembly;
import io.tda.worker.dispatcher.FlowRunEventHandler;
import io.tda.worker.dispatcher.StepClaimer;
import io.tda.worker.dispatcher.StepPublisher;
import io.tda.worker.dispatcher.Sweep;
import io.tda.worker.message.StepClaimed;
import io.tda.worker.time.ThreadSleeper;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The dispatcher over a store in memory and a topic that takes everything and keeps nothing. */
final class MemoryDispatcher {
  private final InMemoryDocumentStore store = new InMemoryDocumentStore(InstantSource.system());
  private final StepClaimer.Surroundings surroundings =
      new StepClaimer.Surroundings(
          InstantSource.system(), new SplittableRandom(1), new ThreadSleeper());
  private final DispatcherAssembly.Ports ports =
      new DispatcherAssembly.Ports(
          new FirestoreFlowRunRepository(store, CloudSteps.COLLECTIONS),
          new FirestoreLeaseRepository(store, CloudSteps.COLLECTIONS),
          MemoryDispatcher::publish,
          DiscardedLog.logger());

  InMemoryDocumentStore store() {
    return store;
  }

  FlowRunEventHandler handler() {
    return DispatcherAssembly.eventHandler(
        ports, 1, new StepClaimer.Terms(4, Duration.ofMinutes(15)), surroundings);
  }

  Sweep sweep(LeaseConfig leases) {
    return DispatcherAssembly.sweep(ports, leases, surroundings);
  }

  private static StepPublisher.PublishResult publish(
      StepClaimed message, @Nullable String traceparent) {
    return new StepPublisher.PublishResult.Published("1", message.claim().step().toString());
  }
}
