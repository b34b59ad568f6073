package io.tda.worker.emulator.gemini;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.emulator.gemini.ModelReply.Blocked;
import io.tda.worker.emulator.gemini.ModelReply.Fenced;
import io.tda.worker.emulator.gemini.ModelReply.Invalid;
import io.tda.worker.emulator.gemini.ModelReply.NotJson;
import io.tda.worker.emulator.gemini.ModelReply.Said;
import io.tda.worker.emulator.gemini.ModelReply.Silent;
import io.tda.worker.emulator.gemini.ModelReply.Text;
import io.tda.worker.emulator.gemini.ModelReply.Truncated;
import io.tda.worker.emulator.gemini.ModelReply.Valid;
import io.tda.worker.emulator.gemini.ModelReply.Withheld;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Bodies in the form of the API. */
final class AnswerJson {
  private static final int CHARACTERS_PER_TOKEN = 4;

  private AnswerJson() {}

  /**
   * The answer that was ordered.
   *
   * @param valid a text that meets the schema
   * @param number tells answers apart
   */
  static String of(String model, String valid, Said said, long number) {
    return switch (said) {
      case Valid _ -> answer(model, valid, "STOP", number);
      case Invalid _ -> answer(model, "{}", "STOP", number);
      case NotJson _ -> answer(model, "I would rather not.", "STOP", number);
      case Fenced _ -> answer(model, "```json\n" + valid + "\n```", "STOP", number);
      case Truncated _ ->
          answer(model, valid.substring(0, valid.length() / 2), "MAX_TOKENS", number);
      case Silent _ -> answer(model, null, "STOP", number);
      case Withheld _ -> answer(model, null, "SAFETY", number);
      case Blocked _ -> blocked(model, number);
      case Text(var text) -> answer(model, text, "STOP", number);
    };
  }

  /**
   * A valid answer, cut off where it has more tokens than are allowed.
   *
   * @param valid a text that meets the schema
   * @param maxTokens of the answer
   */
  static String within(String model, String valid, int maxTokens, long number) {
    long characters = (long) maxTokens * CHARACTERS_PER_TOKEN;
    return valid.length() <= characters
        ? answer(model, valid, "STOP", number)
        : answer(model, valid.substring(0, (int) characters), "MAX_TOKENS", number);
  }

  /**
   * A whole answer of one candidate.
   *
   * @param text null for a candidate without text
   */
  private static String answer(
      String model, @Nullable String text, String finishReason, long number) {
    var json = frame(model, text == null ? 0 : text.length(), number);
    var candidate = json.putArray("candidates").addObject();
    if (text != null) {
      var content = candidate.putObject("content").put("role", "model");
      content.putArray("parts").addObject().put("text", text);
    }
    candidate.put("finishReason", finishReason).put("index", 0);
    return json.toString();
  }

  private static String blocked(String model, long number) {
    var json = frame(model, 0, number);
    json.putObject("promptFeedback").put("blockReason", "SAFETY");
    return json.toString();
  }

  /** An error; {@code retryAfter} goes into {@code RetryInfo}. */
  static String error(int status, @Nullable Duration retryAfter) {
    var json = JsonNodeFactory.instance.objectNode();
    var error = json.putObject("error").put("code", status);
    error.put("message", "ordered from the stub model").put("status", name(status));
    if (retryAfter != null) {
      error
          .putArray("details")
          .addObject()
          .put("@type", "type.googleapis.com/google.rpc.RetryInfo")
          .put("retryDelay", retryAfter.toSeconds() + "s");
    }
    return json.toString();
  }

  private static ObjectNode frame(String model, int characters, long number) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("modelVersion", model + "-stub").put("responseId", "stub-" + number);
    int tokens = characters / CHARACTERS_PER_TOKEN;
    json.putObject("usageMetadata")
        .put("promptTokenCount", 100)
        .put("candidatesTokenCount", tokens)
        .put("totalTokenCount", 100 + tokens);
    return json;
  }

  private static String name(int status) {
    return switch (status) {
      case 400 -> "INVALID_ARGUMENT";
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404 -> "NOT_FOUND";
      case 429 -> "RESOURCE_EXHAUSTED";
      case 503 -> "UNAVAILABLE";
      case 504 -> "DEADLINE_EXCEEDED";
      default -> "INTERNAL";
    };
  }
}
