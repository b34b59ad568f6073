package io.tda.worker.id;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names one claim of one step; a reclaimed step gets a new one, which fences off the old claimant.
 *
 * @param value a UUID in its lower-case text form
 */
public record ClaimId(String value) {
  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  public ClaimId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("claim id must be a lower-case UUID");
    }
  }

  /** The id, or empty where the text is not one. */
  public static Optional<ClaimId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new ClaimId(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
