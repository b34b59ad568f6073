package io.tda.worker.executor.adapter.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.flow.TokenUsage;
import io.tda.worker.llm.LLMClient;
import io.tda.worker.llm.LLMRequest;
import io.tda.worker.llm.LLMResponse;
import io.tda.worker.time.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The mode {@code record}: answers from files, and where there is none asks the model and stores
 * what it says. Errors are not stored. Stored is what a step can see of an answer: the text, why it
 * ended, and what it cost; no thoughts.
 */
public final class FixtureRecorder implements LLMClient {
  private final FixtureDirectory fixtures;
  private final LLMClient model;

  /** Keeps answers of this client in this directory, which need not exist yet. */
  public FixtureRecorder(Path directory, LLMClient model) {
    this.fixtures = new FixtureDirectory(directory);
    this.model = model;
  }

  @Override
  public LLMResponse generate(LLMRequest request, Duration deadline, Cancellation cancellation) {
    FixtureLLMClient.checkTime(deadline, cancellation);
    var name = FixtureLLMClient.nameOf(request);
    return fixtures
        .find(name.own())
        .orElseGet(() -> record(name.response(), request, deadline, cancellation));
  }

  private LLMResponse record(
      String name, LLMRequest request, Duration deadline, Cancellation cancellation) {
    var reserved = fixtures.reserve(name);
    try {
      var response = model.generate(request, deadline, cancellation);
      save(reserved, name, response);
      return response;
    } finally {
      discard(reserved);
    }
  }

  /** An answer that was paid for is not lost because the disk is full; it is asked for again. */
  private void save(Path reserved, String name, LLMResponse response) {
    try {
      fixtures.save(reserved, name, toJson(response));
    } catch (IOException e) {
      // Nothing is in place then.
    }
  }

  private static void discard(Path reserved) {
    try {
      Files.deleteIfExists(reserved);
    } catch (IOException e) {
      // An empty file that nobody reads.
    }
  }

  private static JsonNode toJson(LLMResponse response) {
    var answer = JsonNodeFactory.instance.objectNode();
    var text = response.text();
    if (text != null || response.finishReason() != null) {
      var candidate = answer.putArray("candidates").addObject();
      if (text != null) {
        candidate
            .putObject("content")
            .put("role", "model")
            .putArray("parts")
            .addObject()
            .put("text", text);
      }
      put(candidate, "finishReason", response.finishReason());
    }
    if (response.blockReason() != null) {
      answer.putObject("promptFeedback").put("blockReason", response.blockReason());
    }
    answer.set("usageMetadata", toJson(response.usage()));
    put(answer, "modelVersion", response.modelVersion());
    put(answer, "responseId", response.responseId());
    return answer;
  }

  private static JsonNode toJson(TokenUsage usage) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("promptTokenCount", usage.promptTokens())
        .put("candidatesTokenCount", usage.candidatesTokens())
        .put("thoughtsTokenCount", usage.thoughtsTokens())
        .put("cachedContentTokenCount", usage.cachedTokens())
        .put("totalTokenCount", usage.totalTokens());
  }

  private static void put(ObjectNode object, String name, @Nullable String value) {
    if (value != null) {
      object.put(name, value);
    }
  }
}
