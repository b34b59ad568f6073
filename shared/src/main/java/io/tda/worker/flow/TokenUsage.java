package io.tda.worker.flow;

import java.util.LinkedHashMap;
import java.util.Map;

/** Tokens that were paid for; 0 where the provider did not say. */
public record TokenUsage(
    long promptTokens,
    long candidatesTokens,
    long thoughtsTokens,
    long cachedTokens,
    long totalTokens) {
  /** Nothing used. */
  public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0, 0);

  /** The sum of both: what a first call and its repair cost together. */
  public TokenUsage plus(TokenUsage other) {
    return new TokenUsage(
        promptTokens + other.promptTokens,
        candidatesTokens + other.candidatesTokens,
        thoughtsTokens + other.thoughtsTokens,
        cachedTokens + other.cachedTokens,
        totalTokens + other.totalTokens);
  }

  /** The fields as they are stored and logged. */
  public Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("promptTokens", promptTokens);
    map.put("candidatesTokens", candidatesTokens);
    map.put("thoughtsTokens", thoughtsTokens);
    map.put("cachedTokens", cachedTokens);
    map.put("totalTokens", totalTokens);
    return map;
  }
}
