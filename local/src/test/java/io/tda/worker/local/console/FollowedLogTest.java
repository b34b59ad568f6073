package io.tda.worker.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a person sees of services' log lines. */
final class FollowedLogTest {
  private final StringWriter out = new StringWriter();
  private final FollowedLog log =
      new FollowedLog(new PrintWriter(out), Style.PLAIN, Instant.parse("2026-03-01T12:00:00Z"));

  @Test
  void show_saysWhenWhoWhat_andLeavesOutWhatIsOnEveryLine() {
    log.show(
        "executor",
        """
        {"severity":"WARNING","message":"lease_lost","time":"2026-03-01T12:00:01.250Z",\
        "service":"worker_llm_client","env":"dev","component":"executor","version":"1",\
        "event":"lease_lost","runId":"r","stepId":"a","logging.googleapis.com/trace":"t",\
        "deliveries":2,"usage":{"totalTokens":3},"pointers":[1,2,3,4]}\
        """);

    assertThat(out.toString())
        .isEqualToIgnoringNewLines(
            "  1.250s executor   ! lease_lost                 "
                + "stepId=a deliveries=2 usage={totalTokens:3} pointers=[4]");
  }

  @Test
  void show_passesOn_whatIsNoEvent() {
    log.show("executor", "WARNING: something of the JVM's");
    log.show("executor", "{\"no\":\"event\"}");

    assertThat(out.toString().lines())
        .containsExactly(
            "         executor     WARNING: something of the JVM's",
            "         executor     {\"no\":\"event\"}");
  }

  @Test
  void show_survivesALineWithoutTime() {
    log.show("dispatcher", "{\"event\":\"x\"}");

    assertThat(out.toString()).startsWith("  0.000s dispatcher - x");
  }
}
