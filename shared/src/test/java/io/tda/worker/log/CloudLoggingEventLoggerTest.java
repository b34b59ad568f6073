package io.tda.worker.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.flow.RunStatus;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepStatus;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.log.LogContext.Labels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudLoggingEventLoggerTest {
  private static final String SECRET = "CANARY-SECRET-0001";
  private static final LogEvent EVENT = new ClaimEvent.ReadyStepSelected();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void log_writesTheRequiredFields_whenNothingElseIsKnown() {
    logger(Severity.DEBUG, out, null).log(EVENT, LogContext.NONE);

    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            {"severity":"INFO","message":"ready_step_selected","time":"2025-12-24T06:10:00.123Z",\
            "service":"worker_llm_client","env":"test","component":"dispatcher",\
            "version":"1.2.3","event":"ready_step_selected"}
            """);
  }

  @Test
  void log_leavesOutWhatMattersLessThanTheMinimum() {
    var logger = logger(Severity.WARNING, out, null);
    LogEventExamples.all().forEach(event -> logger.log(event, LogContext.NONE));

    assertThat(LogLines.of(out))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line.path("severity").asText()).isIn("WARNING", "ERROR"));
  }

  @Test
  void log_namesTheTraceOnly_whenNoProjectKeepsIt() {
    logger(Severity.DEBUG, out, null).log(EVENT, LogEventExamples.CONTEXT);

    assertThat(line().path("trace").asText()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(line().has("logging.googleapis.com/trace")).isFalse();
  }

  @Test
  void log_givesTheTraceAsCloudLoggingReadsIt() {
    logger(Severity.DEBUG, out, "demo-project").log(EVENT, LogEventExamples.CONTEXT);

    assertThat(line().path("logging.googleapis.com/trace").asText())
        .isEqualTo("projects/demo-project/traces/0af7651916cd43dd8448eb211c80319c");
    assertThat(line().path("logging.googleapis.com/trace_sampled").booleanValue()).isTrue();
  }

  @Test
  void log_addsALineForEachRefusedField() {
    var subject = "x".repeat(FieldGate.MAX_TEXT + 1);
    var logger = logger(Severity.DEBUG, out, null);
    logger.log(
        new IngressEvent.CloudEventReceived("written", subject),
        LogContext.NONE.withRun(new RunId("run-1")));

    assertThat(LogLines.names(out)).containsExactly("cloud_event_received", "log_field_rejected");
    assertThat(line().has("subject")).isFalse();
    var rejected = LogLines.of(out).getLast();
    assertThat(rejected.path("severity").asText()).isEqualTo("WARNING");
    assertThat(rejected.path("inEvent").asText()).isEqualTo("cloud_event_received");
    assertThat(rejected.path("field").asText()).isEqualTo("subject");
    assertThat(rejected.path("rule").asText()).isEqualTo("text_too_long");
    assertThat(rejected.path("runId").asText()).isEqualTo("run-1");
  }

  @Test
  void log_judgesTheContextToo() {
    var labels = new Labels("k".repeat(FieldGate.MAX_TEXT + 1), null, "of " + SECRET, null);
    logger(Severity.DEBUG, out, null).log(EVENT, LogContext.NONE.withLabels(labels));

    assertThat(LogLines.of(out).getLast().path("field").asText()).isEqualTo("flowKey");
    assertThat(line().path("symbol").asText()).isEqualTo("of ****");
  }

  @Test
  void log_leavesTheLargestFieldOut_whenTheLineWouldBeCut() {
    var steps = IntStream.range(0, 10_000).mapToObj(CloudLoggingEventLoggerTest::step).toList();
    logger(Severity.DEBUG, out, null)
        .log(new IngressEvent.CloudEventParsed(true, RunStatus.RUNNING, steps), LogContext.NONE);

    assertThat(line().path("flowRunStatus").asText()).isEqualTo("RUNNING");
    assertThat(LogLines.of(out).getLast().path("field").asText()).isEqualTo("flowRunSteps");
    assertThat(LogLines.of(out).getLast().path("rule").asText()).isEqualTo("too_large");
  }

  @Test
  void log_showsAllSteps_whenTheyFitALine() {
    var steps = IntStream.range(0, 1_000).mapToObj(CloudLoggingEventLoggerTest::step).toList();
    logger(Severity.DEBUG, out, null)
        .log(new IngressEvent.CloudEventParsed(true, RunStatus.RUNNING, steps), LogContext.NONE);

    assertThat(line().path("flowRunSteps")).hasSize(1_000);
  }

  @Test
  void log_leaksNoSecretAndNoPayload_whereverTheyAre() {
    var error =
        StepError.of(
            ErrorCode.INTERNAL, "CANARY-OUTPUT-PHRASE", Map.of("x", "CANARY-PROMPT-PHRASE"));
    var cause = new IllegalStateException("CANARY-PROMPT-PHRASE", new SelfCaused());
    var logger = logger(Severity.DEBUG, out, SECRET);
    logger.log(new OutputEvent.StepFailed(error), LogContext.NONE.withEvent(SECRET));
    logger.log(ServiceEvent.InternalError.of(cause), LogContext.NONE);
    logger.log(
        new ContextEvent.PromptFetchStarted("a\"" + SECRET + "\n"), LogEventExamples.CONTEXT);

    assertThat(out.toString(UTF_8)).doesNotContain("CANARY").contains("****");
    assertThat(LogLines.of(out)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\r\n", "\"", "\\", "\u0000", "\u2028é", "\t"})
  void log_staysOneLine_whateverATextHolds(String text) {
    logger(Severity.DEBUG, out, null)
        .log(new ContextEvent.PromptFetchStarted(text), LogContext.NONE);

    assertThat(out.toString(UTF_8)).containsOnlyOnce("\n").doesNotContain("\r");
    assertThat(line().path("promptId").asText()).isEqualTo(text);
  }

  @Test
  void log_staysReadable_whenATextIsNoUnicode() {
    logger(Severity.DEBUG, out, null)
        .log(new ContextEvent.PromptFetchStarted("a\ud800"), LogContext.NONE);

    assertThat(line().path("promptId").asText()).isEqualTo("a?");
  }

  @Test
  void log_neverThrows_whenTheStreamFails() {
    var broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("no space left");
          }
        };

    assertThatCode(() -> logger(Severity.DEBUG, broken, null).log(EVENT, LogContext.NONE))
        .doesNotThrowAnyException();
  }

  @Test
  void log_neverThrows_whenTheClockFails() {
    var logger =
        new CloudLoggingEventLogger(
            origin(null),
            new FieldGate(new SecretMask(Set.of())),
            Severity.DEBUG,
            out,
            () -> {
              throw new IllegalStateException("no time");
            });

    assertThatCode(() -> logger.log(EVENT, LogContext.NONE)).doesNotThrowAnyException();
  }

  @Test
  void log_writesOneWholeLineAnEvent_fromManyThreads() throws Exception {
    int threads = 8;
    int events = 500;
    var logger = logger(Severity.DEBUG, out, null);
    try (var executor = Executors.newFixedThreadPool(threads)) {
      IntStream.range(0, threads)
          .mapToObj(i -> LogContext.NONE.withRun(new RunId("run-" + i)))
          .forEach(context ->
              executor.execute(
                  () -> IntStream.range(0, events).forEach(_ -> logger.log(EVENT, context))));
    }

    assertThat(LogLines.of(out)).hasSize(threads * events);
  }

  @Test
  void log_makesOneWriteALine() {
    var counting = new CountingStream();
    logger(Severity.DEBUG, counting, null).log(EVENT, LogContext.NONE);

    assertThat(counting.writes).isEqualTo(1);
  }

  private JsonNode line() {
    return LogLines.of(out).getFirst();
  }

  private static FlowStep step(int number) {
    return new FlowStep(new StepId("step_" + number), "OHLCV_EXPORT", StepStatus.READY, Map.of());
  }

  private static LogOrigin origin(@Nullable String projectId) {
    return new LogOrigin("test", LogOrigin.Component.DISPATCHER, "1.2.3", projectId);
  }

  private static EventLogger logger(
      Severity minimum, OutputStream out, @Nullable String projectId) {
    return new CloudLoggingEventLogger(
        origin(projectId),
        new FieldGate(new SecretMask(Set.of(SECRET))),
        minimum,
        out,
        InstantSource.fixed(Instant.parse("2025-12-24T06:10:00.123Z")));
  }

  private static final class CountingStream extends OutputStream {
    private int writes;

    @Override
    public void write(int b) {
      writes++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      writes++;
    }
  }

  /** An exception that cannot be asked for its cause. */
  private static final class SelfCaused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SelfCaused() {
      super("CANARY-OUTPUT-PHRASE");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new UnsupportedOperationException("CANARY-OUTPUT-PHRASE");
    }
  }
}
