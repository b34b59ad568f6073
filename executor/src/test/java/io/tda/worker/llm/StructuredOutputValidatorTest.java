package io.tda.worker.llm;

import static io.tda.worker.llm.LLMFixtures.OUTPUT_CANARY;
import static io.tda.worker.llm.LLMFixtures.VALID_OUTPUT;
import static io.tda.worker.llm.LLMFixtures.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.flow.TokenUsage;
import io.tda.worker.json.Sha256;
import io.tda.worker.llm.StructuredOutputInvalid.Kind;
import io.tda.worker.llm.StructuredOutputResult.SafetyBlocked;
import io.tda.worker.llm.StructuredOutputResult.SafetyBlocked.Stage;
import io.tda.worker.llm.StructuredOutputResult.Valid;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StructuredOutputValidatorTest {
  private static final LLMSchema SCHEMA = LLMFixtures.schema();
  private final StructuredOutputValidator validator =
      new StructuredOutputValidator(2 * 1024 * 1024);

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"STOP", "MAX_TOKENS", "OTHER", "A_NAME_OF_TOMORROW"})
  void validate_accepts_whateverElseTheFinishReason(@Nullable String finishReason) {
    assertThat(validate(answer(VALID_OUTPUT, finishReason))).isInstanceOf(Valid.class);
  }

  @Test
  void validate_keepsTheDigits() {
    var result = validate(answer(" \n" + VALID_OUTPUT + "\n"));
    assertThat(((Valid) result).output().path("details").path("levels").toString())
        .isEqualTo("[1.10,100.0]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY"})
  void validate_reportsASafetyBlock_evenWithAValidText(String finishReason) {
    assertThat(validate(answer(VALID_OUTPUT, finishReason)))
        .isEqualTo(new SafetyBlocked(Stage.ANSWER, finishReason));
  }

  @Test
  void validate_reportsABlockedPrompt() {
    assertThat(validate(blocked("PROHIBITED_CONTENT")))
        .isEqualTo(new SafetyBlocked(Stage.PROMPT, "PROHIBITED_CONTENT"));
    assertThat(validate(blocked(OUTPUT_CANARY + " …")))
        .isEqualTo(new SafetyBlocked(Stage.PROMPT, "UNRECOGNIZED"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "")
  void validate_reportsMissingText(@Nullable String text) {
    var invalid = invalid(answer(text));
    assertThat(invalid.kind()).isEqualTo(Kind.MISSING_TEXT);
    assertThat(invalid.repairEligible()).isTrue();
    assertThat(invalid.diagnostics().textBytes()).isZero();
    assertThat(invalid.diagnostics().textSha256()).isEqualTo(Sha256.hex(new byte[0]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "CANARY-OUTPUT-PHRASE",
        "```json\n{}\n```",
        "Here it is: {}",
        "{} CANARY-OUTPUT-PHRASE",
        "{\"summary\": 1, \"summary\": 2}",
        "{\"CANARY-OUTPUT-PHRASE\": ",
        "{\"n\": 1e999999999}",
        "{\"n\": NaN}"
      })
  void validate_reportsWhatIsNotStrictJson(String text) {
    var invalid = invalid(answer(text));
    assertThat(invalid.kind()).isEqualTo(Kind.JSON_PARSE);
    assertThat(invalid.repairEligible()).isTrue();
    assertThat(invalid.toString()).doesNotContain(OUTPUT_CANARY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`[]`|(document): type",
        "`{\"details\": {}}`|/summary: required",
        "`{\"summary\": {}, \"details\": {}}`|/summary/markdown: required",
        "`{\"summary\": {\"markdown\": 5}, \"details\": {}}`|/summary/markdown: type",
        "`{\"summary\": {\"markdown\": \"\"}, \"details\": {}}`|/summary/markdown: minLength",
        "`{\"summary\": {\"markdown\": \"x\"}, \"details\": {\"bias\": \"OUT\"}}`|/details/bias: enum",
        "`{\"summary\": {\"markdown\": \"x\"}, \"details\": {\"asOf\": \"OUT\"}}`|/details/asOf: format",
        "`{\"summary\": {\"markdown\": \"x\"}, \"details\": {\"levels\": [1, \"OUT\"]}}`|/details/levels/1: type",
        "`{\"summary\": {\"markdown\": \"x\"}, \"details\": {}, \"OUT\": 1}`|/*: additionalProperties"
      })
  void validate_reportsWhatDoesNotMeetTheSchema(String text, String error) {
    var invalid = invalid(answer(text.replace("OUT", OUTPUT_CANARY)));
    assertThat(invalid.kind()).isEqualTo(Kind.SCHEMA_VALIDATION);
    assertThat(invalid.repairEligible()).isTrue();
    assertThat(invalid.diagnostics().validationErrors()).containsExactly(error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"`[]`|(document): type", "`\"x\"`|(document): type"})
  void validate_holdsTheInvariants_whereTheSchemaDoesNot(String text, String error) {
    // required and properties apply to objects only: without a type, anything else passes.
    var open =
        LLMFixtures.schema(
            """
            {"required": ["summary", "details"], "properties": {"summary": {"required": ["markdown"],
              "properties": {"markdown": {"type": "string"}}}}}
            """);
    var result = (StructuredOutputInvalid) validator.validate(answer(text), open);
    assertThat(result.diagnostics().validationErrors()).containsExactly(error);
    var noObject = validator.validate(answer("{\"summary\": \"x\", \"details\": 1}"), open);
    assertThat(((StructuredOutputInvalid) noObject).diagnostics().validationErrors())
        .containsExactly("/summary/markdown: type");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "{\"summary\": {\"markd", "{}"})
  void validate_offersNoRepair_whenTheAnswerWasCutOff(@Nullable String text) {
    var invalid = invalid(answer(text, "MAX_TOKENS"));
    assertThat(invalid.kind()).isEqualTo(Kind.FINISH_REASON);
    assertThat(invalid.repairEligible()).isFalse();
    assertThat(invalid.diagnostics().finishReason()).isEqualTo("MAX_TOKENS");
  }

  @Test
  void validate_refusesATextOverTheLimit_countedInBytes() {
    var small = new StructuredOutputValidator(10);
    var invalid = (StructuredOutputInvalid) small.validate(answer("\"ééééé\""), SCHEMA);
    assertThat(invalid.kind()).isEqualTo(Kind.JSON_PARSE);
    assertThat(invalid.repairEligible()).isFalse();
    assertThat(invalid.diagnostics().textBytes()).isEqualTo(12);
  }

  @Test
  void validate_namesAtMostTenErrors() {
    var levels = IntStream.range(0, 50).mapToObj(_ -> "\"x\"").toList();
    var text = "{\"summary\": {\"markdown\": \"x\"}, \"details\": {\"levels\": " + levels + "}}";
    assertThat(invalid(answer(text)).diagnostics().validationErrors()).hasSize(10);
  }

  @Test
  void validate_passesOnOnlyNamesAsFinishReasons() {
    var invalid = invalid(answer("{}", OUTPUT_CANARY));
    assertThat(invalid.diagnostics().finishReason()).isEqualTo("UNRECOGNIZED");
    assertThat(invalid(answer("{}", "NEW_ONE")).diagnostics().finishReason()).isEqualTo("NEW_ONE");
  }

  @Test
  void validate_neverShowsAWordOfTheAnswer_howeverItIsBroken() {
    var random = new Random(11);
    for (int i = 0; i < 2_000; i++) {
      var text = new StringBuilder(VALID_OUTPUT);
      for (int j = random.nextInt(1, 4); j > 0; j--) {
        int at = random.nextInt(text.length());
        text.replace(at, at + 1, random.nextBoolean() ? "" : "\"" + OUTPUT_CANARY + "\"");
      }
      var result = validate(answer(text.toString()));
      assertThat(result.toString()).doesNotContain("CANARY", "OUTPUT-PHRASE");
      if (result instanceof StructuredOutputInvalid invalid) {
        assertThat(LLMErrors.invalidOutput(invalid).toString()).doesNotContain("CANARY");
        assertThat(event(invalid)).doesNotContain("CANARY");
      }
    }
  }

  @Test
  void event_carriesReasonDiagnosticsAndPolicy() {
    var fields = event(invalid(answer("{}")));
    assertThat(fields).contains("schema_validation", "/summary: required", "repairPlanned=false");
  }

  private static String event(StructuredOutputInvalid invalid) {
    return invalid
        .event(false, Duration.ofSeconds(90), Duration.ofSeconds(120))
        .fields()
        .toString();
  }

  private StructuredOutputResult validate(LLMResponse response) {
    return validator.validate(response, SCHEMA);
  }

  private StructuredOutputInvalid invalid(LLMResponse response) {
    var result = validate(response);
    assertThat(result).isInstanceOf(StructuredOutputInvalid.class);
    return (StructuredOutputInvalid) result;
  }

  private static LLMResponse blocked(String reason) {
    return new LLMResponse(
        null, LLMResponse.ExtractionMethod.NONE, null, reason, TokenUsage.NONE, null, null);
  }
}
