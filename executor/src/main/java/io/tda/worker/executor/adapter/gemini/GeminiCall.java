package io.tda.worker.executor.adapter.gemini;

import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Part;
import com.google.genai.types.ThinkingConfig;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.llm.LLMProfile;
import io.tda.worker.llm.LLMRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request in the SDK's terms: what the profile names, and nothing that it does not. */
record GeminiCall(String model, List<Content> contents, GenerateContentConfig config) {
  // The name becomes part of the URL's path; the SDK refuses less than this.
  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@:/-]*");

  /**
   * Translates a request.
   *
   * @throws StepException {@code LLM_PROFILE_INVALID} for a model name that fits in no URL
   */
  static GeminiCall of(LLMRequest request, Duration deadline) {
    var model = request.profile().modelName();
    if (!MODEL.matcher(model).matches() || model.contains("..")) {
      throw new StepException(
          StepError.of(ErrorCode.LLM_PROFILE_INVALID, "/modelName: no name of a model"));
    }
    return new GeminiCall(model, contents(request), config(request, deadline));
  }

  /** Names the model only: the rest holds the prompt. */
  @Override
  public String toString() {
    return "GeminiCall[" + model + "]";
  }

  private static List<Content> contents(LLMRequest request) {
    var parts = new ArrayList<Part>();
    parts.add(Part.fromText(request.userText()));
    request.images().forEach(image -> parts.add(Part.fromBytes(image.content(), image.mimeType())));
    var turns = new ArrayList<Content>();
    turns.add(turn("user", parts));
    var repair = request.repair();
    if (repair != null) {
      var invalid = repair.invalidText();
      // The API refuses a part without text.
      if (invalid != null && !invalid.isEmpty()) {
        turns.add(turn("model", List.of(Part.fromText(invalid))));
      }
      turns.add(turn("user", List.of(Part.fromText(repair.instruction()))));
    }
    return turns;
  }

  private static Content turn(String role, List<Part> parts) {
    return Content.builder().role(role).parts(parts).build();
  }

  private static GenerateContentConfig config(LLMRequest request, Duration deadline) {
    var system = Part.fromText(request.prompt().systemInstruction());
    var config =
        GenerateContentConfig.builder()
            .systemInstruction(Content.builder().parts(List.of(system)).build())
            .candidateCount(1)
            .responseMimeType("application/json")
            // As a tree: a String would arrive as a JSON string, and responseSchema loses keywords.
            .responseJsonSchema(request.responseSchema())
            // The answer's body as it came: one parser reads it and stored answers alike.
            .shouldReturnHttpResponse(true)
            .httpOptions(HttpOptions.builder().timeout(millis(deadline)).build());
    sampling(request.profile().sampling(), config);
    var thinking = request.profile().thinking();
    if (thinking != null) {
      config.thinkingConfig(thinking(thinking));
    }
    return config.build();
  }

  private static void sampling(LLMProfile.Sampling knobs, GenerateContentConfig.Builder config) {
    given(knobs.temperature(), value -> config.temperature(value.floatValue()));
    given(knobs.topP(), value -> config.topP(value.floatValue()));
    given(knobs.topK(), value -> config.topK(value.floatValue()));
    given(knobs.maxOutputTokens(), config::maxOutputTokens);
    given(knobs.seed(), config::seed);
    if (!knobs.stopSequences().isEmpty()) {
      config.stopSequences(knobs.stopSequences());
    }
  }

  private static ThinkingConfig thinking(LLMProfile.Thinking knobs) {
    var config = ThinkingConfig.builder();
    given(knobs.includeThoughts(), config::includeThoughts);
    given(knobs.thinkingLevel(), config::thinkingLevel);
    given(knobs.thinkingBudget(), config::thinkingBudget);
    return config.build();
  }

  private static <T> void given(@Nullable T value, Consumer<T> set) {
    if (value != null) {
      set.accept(value);
    }
  }

  private static int millis(Duration deadline) {
    return Math.clamp(deadline.toMillis(), 1, Integer.MAX_VALUE);
  }
}
