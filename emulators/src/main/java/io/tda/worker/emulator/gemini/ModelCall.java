package io.tda.worker.emulator.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request as it arrived: what tells it from others, and nothing of its content.
 *
 * @param symbol the last {@code Symbol:} line of the user text; empty where there is none
 * @param timeframe the last {@code Timeframe:} line; empty where there is none
 * @param sources URIs of the artifacts in the user text, the candles first
 * @param images how many are attached
 * @param repair whether it asks for an earlier answer to be mended
 */
public record ModelCall(
    String model,
    String symbol,
    String timeframe,
    List<String> sources,
    int images,
    boolean repair) {
  private static final Pattern SYMBOL = Pattern.compile("^Symbol: (.*)$", Pattern.MULTILINE);
  private static final Pattern TIMEFRAME = Pattern.compile("^Timeframe: (.*)$", Pattern.MULTILINE);
  private static final Pattern SOURCE =
      Pattern.compile("^  <source>(.*)</source>$", Pattern.MULTILINE);

  /** Copies the list. */
  public ModelCall {
    sources = List.copyOf(sources);
  }

  static ModelCall of(String model, JsonNode body) {
    var turns = body.path("contents");
    var first = turns.path(0).path("parts");
    var text = first.path(0).path("text").asText();
    return new ModelCall(
        model,
        last(SYMBOL.matcher(text)),
        last(TIMEFRAME.matcher(text)),
        SOURCE.matcher(text).results().map(found -> found.group(1)).toList(),
        Math.max(0, first.size() - 1),
        turns.size() > 1);
  }

  /** Symbol and timeframe: tells steps apart where each has a pair of its own. */
  public String subject() {
    return symbol + " " + timeframe;
  }

  /** The last, because the user prompt comes first and may hold anything. */
  private static String last(Matcher matcher) {
    var found = "";
    while (matcher.find()) {
      found = matcher.group(1);
    }
    return found;
  }
}
