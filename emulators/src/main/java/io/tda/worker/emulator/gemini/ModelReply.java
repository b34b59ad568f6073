package io.tda.worker.emulator.gemini;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How one request is treated. */
public sealed interface ModelReply {

  /** A whole answer with status 200. */
  sealed interface Said extends ModelReply {}

  /** An answer that meets the request's schema. */
  record Valid() implements Said {}

  /** JSON that lacks everything the schema requires. */
  record Invalid() implements Said {}

  /** A text that is no JSON. */
  record NotJson() implements Said {}

  /** A valid answer inside a code fence. */
  record Fenced() implements Said {}

  /** The first half of a valid answer, with {@code MAX_TOKENS} as its end. */
  record Truncated() implements Said {}

  /** A candidate without text. */
  record Silent() implements Said {}

  /** The prompt is refused: no candidates. */
  record Blocked() implements Said {}

  /** The answer is withheld for {@code SAFETY}. */
  record Withheld() implements Said {}

  /**
   * 429.
   *
   * @param retryAfter what {@code RetryInfo} says; null for a quota that is used up, which has none
   */
  record RateLimited(@Nullable Duration retryAfter) implements ModelReply {}

  /** An error of this status in the API's form. */
  record Failed(int status) implements ModelReply {}

  /** This text, whatever the schema says. */
  record Text(String text) implements Said {}

  /** No answer, and the connection stays open. */
  record Stalled() implements ModelReply {}

  /** The head of an answer and its first byte, and no more. */
  record StalledBody() implements ModelReply {}

  /** No answer, and the connection is closed. */
  record Dropped() implements ModelReply {}

  /** The connection is closed in the middle of the answer. */
  record CutOff() implements ModelReply {}

  /** A valid answer that comes this much later than usual. */
  record Late(Duration delay) implements ModelReply {}

  /**
   * Reads the short form that command lines have: {@code valid}, {@code invalid}, {@code not-json},
   * {@code fenced}, {@code truncated}, {@code silent}, {@code blocked}, {@code withheld}, {@code
   * stalled}, {@code stalled-body}, {@code dropped}, {@code cut-off}, {@code 429:SECONDS}, a status
   * such as {@code 429} or {@code 503}, {@code late:SECONDS}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static ModelReply parse(String form) {
    var word = form.strip().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "valid" -> new Valid();
      case "invalid" -> new Invalid();
      case "not-json" -> new NotJson();
      case "fenced" -> new Fenced();
      case "truncated" -> new Truncated();
      case "silent" -> new Silent();
      case "blocked" -> new Blocked();
      case "withheld" -> new Withheld();
      case "stalled" -> new Stalled();
      case "stalled-body" -> new StalledBody();
      case "dropped" -> new Dropped();
      case "cut-off" -> new CutOff();
      case "429" -> new RateLimited(null);
      default -> parseNumber(word);
    };
  }

  /** Reads short forms with commas between them. */
  static ModelReply[] parseAll(String forms) {
    return Pattern.compile(",")
        .splitAsStream(forms)
        .filter(form -> !form.isBlank())
        .map(ModelReply::parse)
        .toArray(ModelReply[]::new);
  }

  private static ModelReply parseNumber(String word) {
    if (word.matches("[45]\\d\\d")) {
      return new Failed(Integer.parseInt(word));
    }
    if (word.matches("(429|late):\\d{1,4}")) {
      var time = Duration.ofSeconds(Long.parseLong(word.substring(word.indexOf(':') + 1)));
      return word.startsWith("429") ? new RateLimited(time) : new Late(time);
    }
    throw new IllegalArgumentException("no reply of the stub model: " + word);
  }
}
