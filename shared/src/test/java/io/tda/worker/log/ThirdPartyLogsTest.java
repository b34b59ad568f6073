package io.tda.worker.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.log.ServiceEvent.ThirdPartyLog;
import java.util.logging.Level;
import java.util.logging.LogManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class ThirdPartyLogsTest {
  private static final Logger SLF4J = LoggerFactory.getLogger("com.example.Slf4j");
  private static final java.util.logging.Logger JUL =
      java.util.logging.Logger.getLogger("com.example.Jul");

  private final RecordingEventLogger recorded = new RecordingEventLogger();

  @BeforeEach
  void install() {
    ThirdPartyLogs.install(recorded);
  }

  @Test
  void slf4j_keepsThePatternButNotTheArguments() {
    SLF4J.warn("channel {} of {} was not closed", "CANARY-PROMPT-PHRASE", 7);

    assertThat(only().severity()).isEqualTo(Severity.WARNING);
    assertThat(only().logger()).isEqualTo("com.example.Slf4j");
    assertThat(only().pattern()).isEqualTo("channel {} of {} was not closed");
    assertThat(only().toString()).doesNotContain("CANARY");
  }

  @Test
  void slf4j_dropsAMessageThatMayHaveBeenPutTogether() {
    SLF4J.error("bad answer: " + "CANARY-OUTPUT-PHRASE", new IllegalStateException("CANARY"));

    assertThat(only().severity()).isEqualTo(Severity.ERROR);
    assertThat(only().pattern()).isNull();
    assertThat(only().exceptions())
        .singleElement()
        .extracting(Thrown::className)
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(only().toString()).doesNotContain("CANARY");
  }

  @Test
  void slf4j_saysWhichStatementLogged() {
    SLF4J.warn("x");

    assertThat(only().source())
        .contains("ThirdPartyLogsTest.slf4j_saysWhichStatementLogged(ThirdPartyLogsTest.java:");
  }

  @Test
  void slf4j_passesOnNothingBelowWarning() {
    SLF4J.info("x {}", 1);
    SLF4J.debug("x {}", 1);
    SLF4J.trace("x {}", 1);

    assertThat(SLF4J.isInfoEnabled()).isFalse();
    assertThat(recorded.entries()).isEmpty();
  }

  @Test
  void jul_isPartOfTheSameLog() {
    JUL.log(Level.SEVERE, "call {0} failed", "CANARY-PROMPT-PHRASE");

    assertThat(only().severity()).isEqualTo(Severity.ERROR);
    assertThat(only().logger()).isEqualTo("com.example.Jul");
    assertThat(only().pattern()).isEqualTo("call {0} failed");
    assertThat(only().source()).contains("ThirdPartyLogsTest.jul_isPartOfTheSameLog");
    assertThat(only().toString()).doesNotContain("CANARY");
  }

  @Test
  void jul_dropsAMessageThatMayHaveBeenPutTogether() {
    JUL.warning("text CANARY-OUTPUT-PHRASE");
    JUL.info("nothing at all");

    assertThat(only().severity()).isEqualTo(Severity.WARNING);
    assertThat(only().pattern()).isNull();
  }

  @Test
  void install_leavesNoOtherHandler() {
    assertThat(LogManager.getLogManager().getLogger("").getHandlers()).hasSize(1);
  }

  private ThirdPartyLog only() {
    assertThat(recorded.entries()).hasSize(1);
    return recorded.events(ThirdPartyLog.class).getFirst();
  }
}
