package io.tda.worker.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.TokenUsage;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The severities that depend on more than the kind of event; the golden file pins the others. */
class LogEventSeverityTest {
  private static final Duration TIME = Duration.ofMillis(5);
  private static final StepError BUSY = StepError.of(ErrorCode.FIRESTORE_FINALIZE_FAILED, "busy");

  static Stream<Arguments> cases() {
    return Stream.of(
        arguments(new ContextEvent.PromptFetchFinished(false, false), Severity.WARNING),
        arguments(new ContextEvent.ContextResolveFinished(false, 0), Severity.WARNING),
        arguments(
            new ContextEvent.GcsReadFinished(
                new GcsUri("inputs", "a"), ContextEvent.Kind.OHLCV, false, 0, TIME),
            Severity.WARNING),
        arguments(new ModelEvent.StructuredOutputRepairAttemptFinished(false), Severity.WARNING),
        arguments(new OutputEvent.GcsWriteFinished(false, 0, false, 0), Severity.WARNING),
        arguments(new OutputEvent.FinalizeFailed(BUSY), Severity.WARNING),
        arguments(new OutputEvent.FinalizeFailed(BUSY.terminal()), Severity.ERROR),
        arguments(new OutputEvent.PushFinished(429), Severity.INFO),
        arguments(new OutputEvent.PushFinished(400), Severity.WARNING),
        arguments(new OutputEvent.PushFinished(503), Severity.WARNING));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void severity_followsTheOutcome(LogEvent event, Severity expected) {
    assertThat(event.severity()).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void cloudEventIgnored_isAnErrorOnlyForABrokenRun(IngressEvent.CloudEventIgnored.Reason reason) {
    var broken = reason == IngressEvent.CloudEventIgnored.Reason.FLOW_RUN_INVALID;
    assertThat(IngressEvent.CloudEventIgnored.because(reason).severity())
        .isEqualTo(broken ? Severity.ERROR : Severity.INFO);
  }

  @ParameterizedTest
  @EnumSource
  void cloudEventFinished_isAWarningOnlyWhenItComesBack(
      IngressEvent.CloudEventFinished.Status status) {
    var failed = status == IngressEvent.CloudEventFinished.Status.FAILED;
    assertThat(new IngressEvent.CloudEventFinished(status, TIME).severity())
        .isEqualTo(failed ? Severity.WARNING : Severity.INFO);
  }

  @ParameterizedTest
  @EnumSource
  void claimAttempt_isNoFailureWhenSomebodyElseWon(ClaimEvent.ClaimAttempt.Reason reason) {
    var failed = reason == ClaimEvent.ClaimAttempt.Reason.ERROR;
    assertThat(new ClaimEvent.ClaimAttempt(false, reason, 1).severity())
        .isEqualTo(failed ? Severity.WARNING : Severity.INFO);
  }

  @ParameterizedTest
  @EnumSource
  void claimDeadLettered_isAnErrorOnlyWhenNobodyCanReadIt(
      RecoveryEvent.ClaimDeadLettered.Outcome outcome) {
    var unreadable = outcome == RecoveryEvent.ClaimDeadLettered.Outcome.UNREADABLE;
    assertThat(new RecoveryEvent.ClaimDeadLettered(outcome, null).severity())
        .isEqualTo(unreadable ? Severity.ERROR : Severity.WARNING);
  }

  @ParameterizedTest
  @EnumSource
  void llmRequestFinished_isAWarningUnlessThereIsAnAnswer(
      ModelEvent.LlmRequestFinished.Status status) {
    var answered = status == ModelEvent.LlmRequestFinished.Status.OK;
    assertThat(
            new ModelEvent.LlmRequestFinished("gemini-2.5-pro", status, null, TokenUsage.NONE, TIME)
                .severity())
        .isEqualTo(answered ? Severity.INFO : Severity.WARNING);
  }
}
