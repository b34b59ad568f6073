package io.tda.worker.llm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.flow.LLMReportInputs;
import io.tda.worker.flow.TokenUsage;
import io.tda.worker.id.StepId;
import io.tda.worker.id.Timeframe;
import io.tda.worker.json.DocumentJson;
import io.tda.worker.json.StrictJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prompts, profiles, schemas and answers for tests. */
public final class LLMFixtures {
  /** Stands in for text of a prompt; may appear in the request only. */
  public static final String PROMPT_CANARY = "CANARY-PROMPT-PHRASE";

  /** Stands in for text of a model; may appear in the report only. */
  public static final String OUTPUT_CANARY = "CANARY-OUTPUT-PHRASE";

  public static final SchemaId SCHEMA_ID = new SchemaId("llm_report_output_v1");
  public static final String MODEL = "gemini-2.5-flash";

  /** The smallest schema that meets the invariants, closed to unknown members. */
  public static final String JSON_SCHEMA =
      """
      {"type": "object", "required": ["summary", "details"], "additionalProperties": false,
       "properties": {
         "summary": {"type": "object", "required": ["markdown"],
           "properties": {"markdown": {"type": "string", "minLength": 1}}},
         "details": {"type": "object", "properties": {
           "bias": {"enum": ["long", "short"]}, "levels": {"type": "array", "items": {"type": "number"}},
           "asOf": {"type": "string", "format": "date-time"}}}}}
      """;

  /** An answer that meets it. */
  public static final String VALID_OUTPUT =
      """
      {"summary": {"markdown": "# CANARY-OUTPUT-PHRASE"}, "details": {"bias": "long", "levels": [1.10, 100.0]}}\
      """;

  private LLMFixtures() {}

  /** JSON from a text of the test itself. */
  public static JsonNode json(String text) {
    return switch (StrictJson.parse(text)) {
      case StrictJson.Result.Parsed(var value) -> value;
      case StrictJson.Result.Malformed(var reason) -> throw new IllegalArgumentException(reason);
    };
  }

  /** The document {@code llm_prompts/{promptId}}. */
  public static Map<String, Object> promptDocument() {
    var document = new LinkedHashMap<String, Object>();
    document.put("schemaVersion", 1L);
    document.put("systemInstruction", "Be brief. " + PROMPT_CANARY);
    document.put("userPrompt", "Write the report. " + PROMPT_CANARY);
    return document;
  }

  public static LLMPrompt prompt() {
    return new LLMPrompt(
        "report_prompt_v1", "Be brief. " + PROMPT_CANARY, "Write the report. " + PROMPT_CANARY);
  }

  /** The document {@code llm_schemas/{schemaId}} around a schema; declares no hash. */
  public static Map<String, Object> schemaDocument(SchemaId id, String jsonSchema) {
    var document = new LinkedHashMap<String, Object>();
    document.put("schemaVersion", 1L);
    document.put("schemaId", id.value());
    document.put("kind", "LLM_REPORT_OUTPUT");
    document.put("jsonSchema", DocumentJson.toMap((ObjectNode) json(jsonSchema)));
    return document;
  }

  /** A compiled schema. */
  public static LLMSchema schema(String jsonSchema) {
    return switch (LLMSchemaParser.parse(SCHEMA_ID, schemaDocument(SCHEMA_ID, jsonSchema))) {
      case LLMSchemaParser.Result.Parsed(var schema) -> schema;
      case LLMSchemaParser.Result.Malformed(var violations) ->
          throw new IllegalArgumentException(violations.toString());
    };
  }

  public static LLMSchema schema() {
    return schema(JSON_SCHEMA);
  }

  /** A profile with every knob, which a test may change. */
  public static Map<String, Object> profileMap() {
    var profile = new LinkedHashMap<String, Object>();
    profile.put("modelName", MODEL);
    profile.put("temperature", 0.2);
    profile.put("topP", 0.95);
    profile.put("topK", 40L);
    profile.put("maxOutputTokens", 8192L);
    profile.put("stopSequences", List.of("END"));
    profile.put("candidateCount", 1L);
    profile.put("responseMimeType", "application/json");
    profile.put("structuredOutput", Map.of("schemaId", SCHEMA_ID.value()));
    profile.put("thinkingConfig", Map.of("includeThoughts", false, "thinkingBudget", -1L));
    profile.put("seed", 7L);
    return profile;
  }

  public static LLMProfile profile() {
    return switch (new LLMProfileParser(_ -> true).parse(profileMap())) {
      case LLMProfileParser.Result.Valid valid -> valid.profile();
      case LLMProfileParser.Result.Invalid(var violations) ->
          throw new IllegalArgumentException(violations.toString());
    };
  }

  public static LLMRequest request() {
    var schema = schema();
    return new LLMRequest(
        prompt(),
        prompt().userPrompt(),
        List.of(),
        profile(),
        schema.projection().schema(),
        new LLMRequest.FixtureKey("report_prompt_v1", SCHEMA_ID.value(), "LINKUSDT", "4h"),
        null);
  }

  /** An answer that ended by itself. */
  public static LLMResponse answer(@Nullable String text) {
    return answer(text, "STOP");
  }

  public static LLMResponse answer(@Nullable String text, @Nullable String finishReason) {
    return new LLMResponse(
        text,
        text == null ? LLMResponse.ExtractionMethod.NONE : LLMResponse.ExtractionMethod.PARTS,
        finishReason,
        null,
        new TokenUsage(100, 20, 5, 0, 125),
        MODEL + "-001",
        "response-1");
  }

  /** A JSON artifact as the model is shown it. */
  public static ContextJson context(String json) {
    return switch (ContextJson.parse(json.getBytes(UTF_8))) {
      case ContextJson.Result.Parsed(var context) -> context;
      case ContextJson.Result.Malformed(var reason) -> throw new IllegalArgumentException(reason);
    };
  }

  /** An input without images and previous reports. */
  public static UserInput userInput(String ohlcv) {
    return new UserInput(
        prompt().userPrompt(),
        "LINKUSDT",
        new Timeframe("4h"),
        new UserInput.Artifact(new GcsUri("artifacts", "runs/r1/ohlcv.json"), context(ohlcv)),
        List.of(),
        List.of());
  }

  /** A previous report of this step; of elsewhere where the id is null. */
  public static UserInput.PreviousReport previousReport(@Nullable String stepId, String json) {
    var uri = new GcsUri("artifacts", "runs/r0/" + (stepId == null ? "x" : stepId) + ".json");
    return new UserInput.PreviousReport(
        new LLMReportInputs.PreviousReport(stepId == null ? null : new StepId(stepId), uri),
        context(json));
  }
}
