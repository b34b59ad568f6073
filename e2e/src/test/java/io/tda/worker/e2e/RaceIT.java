package io.tda.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two dispatchers hear of the same step at the same time. */
@ExtendWith(LeavesNoTrace.class)
final class RaceIT {
  private static final int RACES = 200;
  private static final int RACES_AT_A_TIME = 8;
  private static final String STEP = "report";

  private final Stack stack = SharedStack.BY_HAND.get();

  @Test
  void twoDispatchers_claimAStepOnce_howeverOftenTheyRace() {
    var runs =
        Stream.generate(() -> RunBuilder.run("race").report(STEP).withoutArtifacts())
            .limit(RACES)
            .toList();

    // Some races at a time: a dispatcher that has lost one waits a little, which need not be sat
    // out.
    Together.forEach(runs, RACES_AT_A_TIME, this::race);

    var published = published(runs);
    for (var run : runs) {
      assertThat(claims(run)).as("claims of %s", run.id()).hasSize(1);
      assertThat(published.get(run.id())).isEqualTo(claims(run));
      assertThat(stack.lease(run, STEP).orElseThrow())
          .containsEntry("claimId", claims(run).getFirst())
          .containsEntry("attempt", 1L);
      assertThat(stack.run(run).step(STEP).status()).isEqualTo("RUNNING");
    }
    assertThat(runs.stream().filter(this::wasContended).count())
        .as("races that were close")
        .isPositive();
  }

  private void race(RunBuilder run) {
    stack.create(run);
    var answers =
        stack.services().stream()
            .filter(service -> service.app() == ServiceApp.DISPATCHER)
            .map(ServiceProcess::endpoint)
            .map(it -> CompletableFuture.supplyAsync(() -> stack.changed(run).postTo(it)))
            .toList();
    assertThat(answers).hasSize(2).allSatisfy(it -> assertThat(it.join()).isEqualTo(204));
  }

  /** The claims on the topic, by run. */
  private Map<String, List<String>> published(List<RunBuilder> runs) {
    var published = new HashMap<String, List<String>>();
    Awaiting.until(
        "all claims to be on the topic",
        () -> {
          for (var claim : stack.claims()) {
            published
                .computeIfAbsent(claim.runId(), _ -> new ArrayList<>())
                .add(claim.data().path("claimId").asText());
          }
          return runs.stream().allMatch(run -> published.containsKey(run.id()));
        });
    return published;
  }

  /** The ids of the claims that were won. */
  private List<String> claims(RunBuilder run) {
    return stack.log(run).stream()
        .filter(line -> line.event().equals("claim_attempt") && line.at("/claimed").asBoolean())
        .map(line -> line.text("claimId"))
        .toList();
  }

  private boolean wasContended(RunBuilder run) {
    return stack.log(run).stream()
        .anyMatch(line ->
            line.event().equals("claim_attempt")
                && line.text("reason").equals("precondition_failed"));
  }
}
