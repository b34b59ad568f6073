package io.tda.worker.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.id.RunId;
import org.junit.jupiter.api.Test;

/** Hops are told by log lines. */
final class HopsTest {
  @Test
  void figures_haveAHopForEachLineThatEndsOne() throws Exception {
    var hops = new Hops();
    hops.begin(new RunId("a"));
    hops.line("{\"runId\":\"a\",\"event\":\"claim_attempt\"}");
    hops.line("{\"runId\":\"other\",\"event\":\"lease_acquired\"}");
    hops.line("{\"runId\":\"a\",\"event\":\"user_input_built\"}");
    hops.line("no JSON");
    hops.line("{\"runId\":\"a\",\"event\":\"step_completed\"}");
    hops.await(new RunId("a"));
    hops.answered(new RunId("a"));
    assertThat(hops.figures("hops").stream().map(Figure::subject).distinct())
        .containsExactly("2 claimed", "9 finalized", "10 answered");
  }
}
