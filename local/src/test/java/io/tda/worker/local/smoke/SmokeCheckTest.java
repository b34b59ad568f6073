package io.tda.worker.local.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.local.smoke.Observed.Report;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a smoke test finds, and what it lets pass because nobody promises it. */
final class SmokeCheckTest {
  private static final String STALE = "step_claim_stale step_final";

  private static List<Finding> report(Lines lines) {
    return SmokeCheck.findings(
        Expected.report(), new Observed("SUCCEEDED", "", Report.VALID, lines.all()));
  }

  private static Lines good() {
    return Lines.of("run", Expected.report());
  }

  @ParameterizedTest
  @MethodSource("expected")
  void nothingIsFound_whereAllIsAsExpected(Expected expected) {
    var error = expected.error() == null ? "" : expected.error().name();
    var report = expected.error() == null ? Report.VALID : Report.MISSING;
    var log = Lines.of("run", expected).all();

    assertThat(
            SmokeCheck.findings(
                expected, new Observed(expected.status().name(), error, report, log)))
        .isEmpty();
  }

  static Stream<Expected> expected() {
    return Stream.of(
        Expected.report(), Expected.badSchema(), Expected.oversize(), Expected.truncated());
  }

  @Test
  void status_error_andReport_areCompared() {
    var observed = new Observed("FAILED", "LLM_AUTH_FAILED", Report.MISSING, good().all());

    assertThat(SmokeCheck.findings(Expected.report(), observed))
        .extracting(Finding::toString)
        .containsExactly(
            "step's status: expected 'SUCCEEDED', saw 'FAILED'",
            "step's error code: expected nothing, saw 'LLM_AUTH_FAILED'",
            "report object: expected 'VALID', saw 'MISSING'");
  }

  @Test
  void report_isFound_whereNoneMayBe() {
    var log = Lines.of("run", Expected.badSchema()).all();
    var observed = new Observed("FAILED", "LLM_PROFILE_INVALID", Report.BROKEN, log);

    assertThat(SmokeCheck.findings(Expected.badSchema(), observed))
        .extracting(Finding::toString)
        .containsExactly("report object: expected 'MISSING', saw 'BROKEN'");
  }

  @Test
  void modelCall_isFound_whereNoneMayBe() {
    var log =
        Lines.of("run", Expected.badSchema()).executor("message-2", "llm_request_started").all();
    var observed = new Observed("FAILED", "LLM_PROFILE_INVALID", Report.MISSING, log);

    assertThat(SmokeCheck.findings(Expected.badSchema(), observed))
        .extracting(Finding::toString)
        .contains("model calls: expected '0', saw '1'");
  }

  static Stream<Arguments> differences() {
    return Stream.of(
        differs(
            "a line that is missing",
            lines -> lines.without("user_input_built"),
            "executor's log: 13 of 14 entries, and no. 9 is not right: expected"
                + " 'user_input_built', saw 'llm_request_started'"),
        differs(
            "the wrong order",
            lines -> lines.swapped("gcs_write_finished ok", "step_completed"),
            "executor's log: 14 of 14 entries, and no. 12 is not right: expected"
                + " 'gcs_write_finished ok', saw 'step_completed'"),
        differs(
            "something that is loaded too late",
            lines -> lines.swapped("prompt_fetch_finished ok", "user_input_built"),
            "executor's log: 14 of 14 entries, and no. 8 is not right: expected"
                + " 'prompt_fetch_finished ok', saw 'user_input_built'"),
        differs(
            "a line too many",
            lines -> lines.executor("message-1", "log_field_rejected"),
            "executor's log: 15 of 14 entries, and no. 15 is not right: expected nothing, saw"
                + " 'log_field_rejected'"),
        differs(
            "a second delivery that works",
            lines -> lines.executor("message-2", "step_claimed_received", "lease_acquired"),
            "executor's log: 16 of 14 entries, and no. 15 is not right: expected nothing, saw"
                + " 'step_claimed_received'"),
        differs(
            "an event too many",
            lines ->
                lines.dispatcher(
                    "event-9",
                    "cloud_event_received",
                    "cloud_event_noop no_ready_step",
                    "cloud_event_finished noop"),
            "dispatcher's log: 5 of 4 entries, and no. 4 is not right: expected 'cloud_event_"
                + "received, cloud_event_parsed, ready_step_selected, claim_attempt ok,"
                + " step_claimed_published, cloud_event_finished ok', saw 'an event that asks for"
                + " nothing'"),
        differs(
            "a claim without its message",
            lines -> lines.without("step_claimed_published"),
            "dispatcher's log: 4 of 4 entries, and no. 4 is not right: expected"
                + " 'cloud_event_received, cloud_event_parsed, ready_step_selected, claim_attempt"
                + " ok, step_claimed_published, cloud_event_finished ok', saw"
                + " 'cloud_event_received, cloud_event_parsed, ready_step_selected, claim_attempt"
                + " ok, cloud_event_finished ok'"));
  }

  private static Arguments differs(String what, UnaryOperator<Lines> change, String finding) {
    return Arguments.of(what, change, finding);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("differences")
  void log_isComparedLineByLine(String what, UnaryOperator<Lines> change, String finding) {
    assertThat(report(change.apply(good()))).extracting(Finding::toString).containsExactly(finding);
  }

  static Stream<Arguments> promisedByNobody() {
    return Stream.of(
        passes(
            "the order of what is loaded at once",
            lines -> lines.swapped("prompt_fetch_finished ok", "gcs_read_finished ohlcv ok")),
        passes("the order within a millisecond", Lines::atOnce),
        passes(
            "an event that comes again and finds nothing to do",
            lines ->
                lines.dispatcher(
                    "event-3",
                    "cloud_event_received",
                    "cloud_event_parsed",
                    "claim_attempt precondition_failed",
                    "cloud_event_noop claim_conflict",
                    "cloud_event_finished noop")),
        passes(
            "a message that comes again when the step has ended",
            lines ->
                lines.executor("message-1", "step_claimed_received", STALE, "push_finished 204")),
        passes(
            "an invalid answer that is kept, as the environment asks",
            lines -> lines.executor("message-1", "raw_output_quarantined")),
        passes(
            "an event without its document, for which the dispatcher reads",
            lines ->
                lines
                    .without("cloud_event_noop prefiltered")
                    .without("cloud_event_received")
                    .without("cloud_event_finished noop")
                    .dispatcher(
                        "event-8",
                        "cloud_event_received",
                        "cloud_event_parsed",
                        "cloud_event_noop no_ready_step",
                        "cloud_event_finished noop")));
  }

  private static Arguments passes(String what, UnaryOperator<Lines> change) {
    return Arguments.of(what, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("promisedByNobody")
  void log_isNotHeldToWhatNobodyPromises(String what, UnaryOperator<Lines> change) {
    assertThat(report(change.apply(good()))).isEmpty();
  }
}
