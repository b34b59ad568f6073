package io.tda.worker.config;

import io.tda.worker.artifact.ArtifactPathPolicy;
import io.tda.worker.artifact.GcsUri;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a variable has to look like.
 *
 * @param text completes "must be …"; fixed, so that it cannot quote a value
 * @param parser empty where the value breaks the rule
 */
record Rule<T>(String text, Function<String, Optional<T>> parser) {
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
  private static final int MAX_PREFIX_LENGTH = 256;

  /** A text that matches as a whole. */
  static Rule<String> text(String text, String regex) {
    return matching(text, Pattern.compile(regex).asMatchPredicate());
  }

  static Rule<String> matching(String text, Predicate<String> test) {
    return new Rule<>(text, value -> Optional.of(value).filter(test));
  }

  static Rule<Integer> number(int min, int max) {
    return new Rule<>(
        "a whole number from %d to %d".formatted(min, max),
        value ->
            Optional.of(value)
                .filter(DIGITS.asMatchPredicate())
                .map(Integer::valueOf)
                .filter(number -> number >= min && number <= max));
  }

  /** A whole number of a unit that a variable's name tells. */
  static Rule<Duration> time(ChronoUnit unit, int min, int max) {
    var number = number(min, max);
    return new Rule<>(
        number.text(), value -> number.parser().apply(value).map(n -> Duration.of(n, unit)));
  }

  /** One of the constants, ignoring case. */
  static <E extends Enum<E>> Rule<E> oneOf(Class<E> type, Function<E, String> label) {
    var choices = type.getEnumConstants();
    return new Rule<>(
        Arrays.stream(choices).map(label).collect(Collectors.joining(", ", "one of: ", "")),
        value ->
            Arrays.stream(choices)
                .filter(choice -> label.apply(choice).equalsIgnoreCase(value))
                .findFirst());
  }

  static <E extends Enum<E>> Rule<E> oneOf(Class<E> type) {
    return oneOf(type, choice -> choice.name().toLowerCase(Locale.ROOT));
  }

  static Rule<String> collection() {
    return matching(
        "a collection's name: 1 to 128 characters, no slash, white space or control character, not . or .. or __…__",
        Pattern.compile("(?!\\.{1,2}$)(?!__.*__$)[^/\\s\\p{Cc}]{1,128}").asMatchPredicate());
  }

  static Rule<String> bucket() {
    return matching("a bucket's name by the rules of Cloud Storage", GcsUri::isBucketName);
  }

  /** Bounded, so that every report's object name fits the 1,024 bytes of Cloud Storage. */
  static Rule<String> objectPrefix() {
    return matching(
        "at most %d ASCII characters, no . or .. between slashes".formatted(MAX_PREFIX_LENGTH),
        value ->
            value.length() <= MAX_PREFIX_LENGTH
                && value.chars().allMatch(c -> c >= ' ' && c <= '~')
                && ArtifactPathPolicy.of("any", value).isPresent());
  }

  static Rule<Path> folder() {
    return new Rule<>(
        "a path",
        value -> {
          try {
            return Optional.of(Path.of(value));
          } catch (InvalidPathException _) { // its message quotes the value
            return Optional.empty();
          }
        });
  }
}
