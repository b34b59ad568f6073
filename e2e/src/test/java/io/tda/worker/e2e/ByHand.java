package io.tda.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Delivers events and claims of a stack that leaves this to its tests. */
final class ByHand {
  private final Stack stack;
  private final ConcurrentMap<String, PushMessage> claims = new ConcurrentHashMap<>();

  ByHand(Stack stack) {
    this.stack = stack;
  }

  /** Creates a run, tells a dispatcher of it, and returns the claim that comes of it. */
  PushMessage claimed(RunBuilder run) {
    stack.create(run);
    assertThat(stack.changed(run).postTo(stack.dispatcher().endpoint())).isEqualTo(204);
    return claim(run);
  }

  /** The next claim of a run's only step, after one that has been seen. */
  PushMessage nextClaim(RunBuilder run) {
    claims.remove(run.id());
    return claim(run);
  }

  /** The claim of a run's only step, once it is on the topic. */
  PushMessage claim(RunBuilder run) {
    return Awaiting.value(
        "the claim of " + run.id(),
        () -> {
          stack.claims().forEach(claim -> claims.put(claim.runId(), claim));
          return Optional.ofNullable(claims.get(run.id()));
        });
  }

  /** Pushes a claim to the executor. */
  int push(PushMessage claim) {
    return claim.pushTo(stack.executor().endpoint());
  }

  /** Pushes it as if it had come ten times: what can be tried again is not. */
  int pushForTheLastTime(PushMessage claim) {
    return claim.pushTo(stack.executor().endpoint(), "/push/step-claimed", 10);
  }
}
