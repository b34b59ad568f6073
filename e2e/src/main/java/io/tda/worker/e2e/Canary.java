package io.tda.worker.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Words that stand where prompts, payloads, answers and keys are, and must occur nowhere else. */
public enum Canary {
  SYSTEM_INSTRUCTION("CANARY-SYSTEM-INSTRUCTION"),
  USER_PROMPT("CANARY-USER-PROMPT"),
  CANDLES("CANARY-CANDLES"),
  CHART_DESCRIPTION("CANARY-CHART-DESCRIPTION"),
  CHART_IMAGE("CANARY-CHART-IMAGE"),
  API_KEY("canary-api-key-of-the-tests"),
  /** The stub model's own words. */
  ANSWER("Nobody analysed anything"),
  INVALID_ANSWER("I would rather not");

  private final String word;

  Canary(String word) {
    this.word = word;
  }

  /** The word itself. */
  public String word() {
    return word;
  }

  /** Those that occur in a text, plain or in base64. */
  public static List<Canary> in(String text) {
    return Arrays.stream(values())
        .filter(canary -> canary.forms().anyMatch(text::contains))
        .toList();
  }

  /** Plain, and in base64 at each of the three places a word can have in it. */
  private Stream<String> forms() {
    return Stream.concat(
        Stream.of(word), Stream.of(0, 1, 2).map(place -> encoded(word.substring(place))));
  }

  /** Without the ends, which depend on what comes before and after. */
  private static String encoded(String text) {
    var whole = Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    return whole.substring(0, whole.length() / 4 * 4 - 4);
  }
}
