package io.tda.worker.executor.adapter.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tda.worker.json.StrictJson;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What may be known of a refusal by the model API. The server's own text is left behind: it may
 * echo the key or the prompt.
 *
 * @param status one of the names of {@code google.rpc.Code}; null where the server gave none of
 *     them
 * @param badKey whether the server calls the API key invalid
 * @param retryDelay from {@code google.rpc.RetryInfo}; null where there is none
 */
record GeminiErrorBody(
    int httpStatus, @Nullable String status, boolean badKey, @Nullable Duration retryDelay) {
  private static final Set<String> STATUSES =
      Set.of(
          "CANCELLED",
          "UNKNOWN",
          "INVALID_ARGUMENT",
          "DEADLINE_EXCEEDED",
          "NOT_FOUND",
          "ALREADY_EXISTS",
          "PERMISSION_DENIED",
          "UNAUTHENTICATED",
          "RESOURCE_EXHAUSTED",
          "FAILED_PRECONDITION",
          "ABORTED",
          "OUT_OF_RANGE",
          "UNIMPLEMENTED",
          "INTERNAL",
          "UNAVAILABLE",
          "DATA_LOSS");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)s");

  /** Reads an answer's body, which need not be JSON. */
  static GeminiErrorBody parse(int httpStatus, String body) {
    return switch (StrictJson.parse(body)) {
      case StrictJson.Result.Parsed(var json) ->
          of(httpStatus, (json.isArray() ? json.path(0) : json).path("error"));
      case StrictJson.Result.Malformed _ -> of(httpStatus, MissingNode.getInstance());
    };
  }

  /** Reads the {@code error} object of an answer; anything else counts as an empty one. */
  static GeminiErrorBody of(int httpStatus, JsonNode error) {
    var status = error.path("status").asText();
    var badKey = false;
    Duration retryDelay = null;
    for (var detail : error.path("details")) {
      badKey |= detail.path("reason").asText().equals("API_KEY_INVALID");
      if (detail.path("@type").asText().endsWith("google.rpc.RetryInfo")) {
        retryDelay = duration(detail.path("retryDelay").asText());
      }
    }
    return new GeminiErrorBody(
        httpStatus, STATUSES.contains(status) ? status : null, badKey, retryDelay);
  }

  private static @Nullable Duration duration(String text) {
    var form = DURATION.matcher(text);
    return form.matches()
        ? Duration.ofNanos(new BigDecimal(form.group(1)).movePointRight(9).longValueExact())
        : null;
  }
}
