package io.tda.worker.local.sim;

import io.tda.worker.id.StepKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who has held which lease, by the names of the executors. */
final class Holdings {
  private final Map<String, Holding> byExecutor = new HashMap<>();
  private final Map<String, Spent> byClaim = new HashMap<>();

  /** What a claim has cost. */
  private record Spent(int calls, int unclean) {
    static final Spent NOTHING = new Spent(0, 0);
  }

  void begin(Work work, StepKey step, String claimId) {
    byExecutor.put(work.name(), new Holding(work, step, claimId));
  }

  @Nullable Holding of(@Nullable Object executorId) {
    return executorId instanceof String id ? byExecutor.get(id) : null;
  }

  @Nullable Holding of(Work work) {
    return of(work.executorId().orElse(null));
  }

  /** Counts a call of the model, and says how many its claim has had. */
  int called(Holding holding) {
    return Objects.requireNonNull(
            byClaim.merge(
                holding.claimId(),
                new Spent(1, 0),
                (a, b) -> new Spent(a.calls() + b.calls(), a.unclean() + b.unclean())))
        .calls();
  }

  /** Counts a holding that did not end by itself. */
  void lost(Holding holding) {
    byClaim.merge(
        holding.claimId(),
        new Spent(0, 1),
        (a, b) -> new Spent(a.calls() + b.calls(), a.unclean() + b.unclean()));
  }

  /** How many holdings of this claim were lost. */
  int lost(String claimId) {
    return byClaim.getOrDefault(claimId, Spent.NOTHING).unclean();
  }
}
