package io.tda.worker.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.flow.Claim;
import io.tda.worker.flow.Violation;
import io.tda.worker.id.ClaimId;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.id.StepKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepClaimedJsonTest {
  private static final String CLAIM_ID = "019b4f2e-8c00-7abc-8def-0123456789ab";
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String FORM =
      """
      {"schemaVersion":1,"runId":"run-1","stepId":"llm:4h","stepType":"LLM_REPORT",\
      "timeframe":"4h","flowKey":"demo","claimId":"019b4f2e-8c00-7abc-8def-0123456789ab",\
      "attempt":1,"eventId":"event-1","claimedAt":"2025-12-24T06:10:00.123Z"}\
      """;

  @Test
  void data_hasFieldsInFixedOrder() {
    assertThat(new String(StepClaimedJson.data(message("4h", "demo")), UTF_8)).isEqualTo(FORM);
  }

  @Test
  void data_leavesOutWhatIsNotKnown() {
    assertThat(new String(StepClaimedJson.data(message(null, null)), UTF_8))
        .isEqualTo(FORM.replace("\"timeframe\":\"4h\",\"flowKey\":\"demo\",", ""));
  }

  @Test
  void data_leavesOutLabelsThatAreOfNoUse() {
    var message = message("4 h", "CANARY".repeat(100));

    assertThat(message).isEqualTo(message(null, null));
    assertThat(message("", "")).isEqualTo(message(null, null));
  }

  @Test
  void parse_givesTheSameMessageBack_toTheMillisecond() {
    assertThat(StepClaimedJson.parse(FORM.getBytes(UTF_8)))
        .isEqualTo(new StepClaimedJson.Result.Parsed(message("4h", "demo")));
    assertThat(message("4h", "demo").claim().claimedAt())
        .isEqualTo(Instant.parse("2025-12-24T06:10:00.123Z"));
  }

  @Test
  void parse_ignoresUnknownFields() {
    assertThat(violations(FORM.replace("{", "{\"new\":{\"a\":[1]},"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "0", "\"1\"", "1.0", "null", "10000000000000000000"})
  void parse_refusesAnotherVersion(String version) {
    assertThat(violations(FORM.replace("\"schemaVersion\":1", "\"schemaVersion\":" + version)))
        .extracting(Violation::pointer)
        .containsExactly("/schemaVersion");
  }

  @Test
  void parse_saysNothingOfOtherFields_whenTheVersionIsAnother() {
    assertThat(violations("{\"schemaVersion\":2}"))
        .containsExactly(new Violation("/schemaVersion", "must be 1"));
  }

  @Test
  void parse_namesAllThatIsMissing() {
    assertThat(violations("{\"schemaVersion\":1}"))
        .extracting(Violation::pointer)
        .containsExactly(
            "/runId", "/stepId", "/stepType", "/claimId", "/attempt", "/eventId", "/claimedAt");
  }

  @ParameterizedTest
  @CsvSource({
    "runId, \"a/b\"",
    "runId, 7",
    "stepId, \"a.b\"",
    "stepType, \"llm report\"",
    "timeframe, \"4 h\"",
    "flowKey, 7",
    "flowKey, \"\"",
    "claimId, \"CANARY-SECRET-0001\"",
    "attempt, 0",
    "attempt, 1.5",
    "attempt, \"1\"",
    "attempt, 2147483648",
    "eventId, \"\"",
    "claimedAt, 1",
    "claimedAt, \"yesterday\"",
    "claimedAt, \"2025-12-24T06:10:00\""
  })
  void parse_refusesAFieldOfAnotherForm_withoutRepeatingIt(String field, String json) {
    var text =
        FORM.replaceFirst("\"" + field + "\":(\"[^\"]*\"|[0-9]+)", "\"" + field + "\":" + json);

    assertThat(violations(text))
        .singleElement()
        .satisfies(violation -> assertThat(violation.pointer()).isEqualTo("/" + field))
        .satisfies(violation -> assertThat(violation.rule()).doesNotContain("CANARY", "yesterday"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "7", "{", "{}{}", "{\"a\":1,\"a\":1}"})
  void parse_refusesWhatIsNoJsonObject(String text) {
    assertThat(violations(text)).singleElement().matches(it -> it.pointer().isEmpty());
  }

  @Test
  void parse_refusesBytesThatAreNotUtf8() {
    assertThat(StepClaimedJson.parse(new byte[] {(byte) 0xff}))
        .isInstanceOf(StepClaimedJson.Result.Invalid.class);
  }

  @Test
  void parse_takes64KibAndNotOneByteMore() {
    var padding = " ".repeat(StepClaimedJson.MAX_BYTES - FORM.length());

    assertThat(violations(FORM + padding)).isEmpty();
    assertThat(violations(FORM + padding + " "))
        .containsExactly(new Violation("", "must have at most 65536 bytes"));
  }

  @Test
  void attributes_repeatWhatAFilterNeeds() {
    assertThat(StepClaimedJson.attributes(message("4h", "demo"), TRACE))
        .isEqualTo(
            Map.of(
                "runId", "run-1",
                "stepId", "llm:4h",
                "stepType", "LLM_REPORT",
                "claimId", CLAIM_ID,
                "schemaVersion", "1",
                "traceparent", TRACE));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "CANARY-SECRET-0001",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n"
      })
  void attributes_leaveOutATraceOfAnotherForm(@Nullable String traceparent) {
    assertThat(StepClaimedJson.attributes(message("4h", "demo"), traceparent))
        .doesNotContainKey("traceparent");
  }

  @Test
  void traceparent_isReadBack_whenItIsOne() {
    assertThat(StepClaimedJson.traceparent(Map.of("traceparent", TRACE))).contains(TRACE);
    assertThat(StepClaimedJson.traceparent(Map.of("traceparent", "x"))).isEmpty();
    assertThat(StepClaimedJson.traceparent(Map.of())).isEmpty();
  }

  private static StepClaimed message(@Nullable String timeframe, @Nullable String flowKey) {
    var claim =
        new Claim(
            new StepKey(new RunId("run-1"), new StepId("llm:4h")),
            "LLM_REPORT",
            new ClaimId(CLAIM_ID),
            1,
            "event-1",
            Instant.parse("2025-12-24T06:10:00.123456Z"));
    return new StepClaimed(claim, timeframe, flowKey);
  }

  private static List<Violation> violations(String text) {
    return switch (StepClaimedJson.parse(text.getBytes(UTF_8))) {
      case StepClaimedJson.Result.Parsed _ -> List.of();
      case StepClaimedJson.Result.Invalid(var violations) -> violations;
    };
  }
}
