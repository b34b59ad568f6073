package io.tda.worker.executor.adapter.gemini;

import io.tda.worker.llm.LLMRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The file names under which the answer to a request is stored; spec 05.2. */
final class FixtureName {
  /** What file systems allow at most, in bytes; the names are ASCII. */
  private static final int MAX_LENGTH = 255;

  private static final Pattern PART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@+-]*");
  private static final String REPAIR = "__repair";
  private static final String ERROR = "__429_RATE_LIMITED";
  private static final String SUFFIX = ".json";

  private final String stem;
  private final boolean repair;

  private FixtureName(String stem, boolean repair) {
    this.stem = stem;
    this.repair = repair;
  }

  /** Empty where a part of the name is unfit for one, such as a symbol with a path separator. */
  static Optional<FixtureName> of(LLMRequest request) {
    var key = request.fixtureKey();
    // Models of Vertex AI may be named by a path.
    var model = request.profile().modelName().replace('/', '_');
    var parts = List.of(model, key.promptId(), key.schemaId(), key.symbol(), key.timeframe());
    var stem = String.join("__", parts);
    if (stem.length() + (REPAIR + ERROR + SUFFIX).length() > MAX_LENGTH
        || !parts.stream().allMatch(part -> PART.matcher(part).matches())) {
      return Optional.empty();
    }
    return Optional.of(new FixtureName(stem, request.repair() != null));
  }

  /** Where exactly this call's answer is stored. */
  String response() {
    return stem + (repair ? REPAIR : "") + SUFFIX;
  }

  /** Where a stored error is looked for first, then a stored answer. */
  List<String> own() {
    return List.of(stem + (repair ? REPAIR : "") + ERROR + SUFFIX, response());
  }

  /** As {@link #own}; a repair that has no answer of its own gets that of the first call again. */
  List<String> orFirstCall() {
    return repair ? Stream.concat(own().stream(), Stream.of(stem + SUFFIX)).toList() : own();
  }
}
