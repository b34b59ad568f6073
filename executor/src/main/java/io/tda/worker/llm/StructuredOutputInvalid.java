package io.tda.worker.llm;

import io.tda.worker.log.ModelEvent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is no report, described without a word of it.
 *
 * @param message fixed words and places
 * @param repairEligible whether the model may be asked to mend it, if there is time
 */
public record StructuredOutputInvalid(
    Kind kind, String message, Diagnostics diagnostics, boolean repairEligible)
    implements StructuredOutputResult {

  /** At which stage the answer fell through. The names are stored and logged. */
  public enum Kind {
    FINISH_REASON,
    MISSING_TEXT,
    JSON_PARSE,
    SCHEMA_VALIDATION;

    /** As it is stored and logged. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What can be said of the answer without showing it.
   *
   * @param textSha256 of its UTF-8 bytes; of nothing where there was no text
   * @param finishReason null where the provider gave none
   * @param validationErrors at most 10, each a pointer and a keyword
   */
  public record Diagnostics(
      long textBytes,
      String textSha256,
      LLMResponse.ExtractionMethod extractionMethod,
      @Nullable String finishReason,
      List<String> validationErrors) {
    public Diagnostics {
      validationErrors = List.copyOf(validationErrors);
    }
  }

  /** The log line that says so. */
  public ModelEvent.StructuredOutputInvalid event(
      boolean repairPlanned, Duration remaining, Duration finalizeBudget) {
    return new ModelEvent.StructuredOutputInvalid(
        new ModelEvent.StructuredOutputInvalid.Reason(
            ModelEvent.StructuredOutputInvalid.Kind.valueOf(kind.name()), message),
        new ModelEvent.StructuredOutputInvalid.Diagnostics(
            diagnostics.textBytes(),
            diagnostics.textSha256(),
            diagnostics.extractionMethod().name(),
            diagnostics.validationErrors()),
        new ModelEvent.StructuredOutputInvalid.Policy(
            repairEligible, repairPlanned, remaining, finalizeBudget));
  }
}
