package io.tda.worker.llm;

import com.fasterxml.jackson.databind.JsonNode;
import io.tda.worker.json.StrictJson;
import io.tda.worker.llm.LLMProfile.Sampling;
import io.tda.worker.llm.LLMProfile.Thinking;
import io.tda.worker.llm.LLMRequest.FixtureKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests for tests: one that asks for everything, one that asks for nothing special. */
public final class LLMRequests {
  /** In every prompt here, and nowhere else. */
  public static final String PROMPT_CANARY = "CANARY-PROMPT-PHRASE";

  public static final FixtureKey KEY =
      new FixtureKey("demo_prompt_v1", "llm_report_output_v1", "LINKUSDT", "4h");

  private static final Sampling NO_SAMPLING = new Sampling(null, null, null, null, List.of(), null);

  private LLMRequests() {}

  /** The model's name and nothing else in the profile. */
  public static LLMRequest minimal() {
    return of("gemini-test", NO_SAMPLING, null, List.of());
  }

  /** Every knob that a profile may have, and two images. */
  public static LLMRequest full() {
    return of(
        "gemini-test",
        new Sampling(0.4, 0.95, 40, 8192, List.of("END", "STOP"), 7),
        new Thinking(true, "HIGH", 1024),
        List.of(
            new InlineImage("image/png", new byte[] {1, 2, 3}),
            new InlineImage("image/webp", new byte[] {(byte) 0xff, 0, 42, 17})));
  }

  /** {@link #minimal} for another model. */
  public static LLMRequest forModel(String model) {
    return of(model, NO_SAMPLING, null, List.of());
  }

  /** {@link #minimal} with another user text. */
  public static LLMRequest saying(String userText) {
    var request = minimal();
    return new LLMRequest(
        request.prompt(),
        userText,
        request.images(),
        request.profile(),
        request.responseSchema(),
        request.fixtureKey(),
        null);
  }

  /** {@link #minimal} under another name for stored answers. */
  public static LLMRequest stored(FixtureKey key) {
    var request = minimal();
    return new LLMRequest(
        request.prompt(),
        request.userText(),
        request.images(),
        request.profile(),
        request.responseSchema(),
        key,
        null);
  }

  /** JSON from a text in single quotes. */
  public static JsonNode json(String text) {
    return exactJson(text.replace('\'', '"'));
  }

  /** JSON from a text as it is. */
  public static JsonNode exactJson(String text) {
    return switch (StrictJson.parse(text)) {
      case StrictJson.Result.Parsed(var value) -> value;
      case StrictJson.Result.Malformed(var reason) -> throw new IllegalArgumentException(reason);
    };
  }

  private static LLMRequest of(
      String model, Sampling sampling, @Nullable Thinking thinking, List<InlineImage> images) {
    var output = new StructuredOutputSpec(KEY.schemaId(), null, null);
    return new LLMRequest(
        new LLMPrompt(KEY.promptId(), "Be exact. " + PROMPT_CANARY, "Write a report."),
        "Write a report. " + PROMPT_CANARY,
        images,
        new LLMProfile(model, sampling, thinking, output, Map.of()),
        json(
            """
            {'type': 'object', 'additionalProperties': false, 'required': ['summary'],
             '$defs': {'text': {'type': 'string'}},
             'properties': {'summary': {'$ref': '#/$defs/text'}}}
            """),
        KEY,
        null);
  }
}
