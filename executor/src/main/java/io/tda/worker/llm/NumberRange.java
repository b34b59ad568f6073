package io.tda.worker.llm;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The numbers that are worth calculating with: a few characters such as {@code 1e999999999} can
 * keep exact arithmetic busy for hours.
 */
final class NumberRange {
  /** A double's exponents end at 308. */
  private static final int MAX_EXPONENT = 400;

  private NumberRange() {}

  /** Whether all numbers in this value are between 1e-400 and 1e400. */
  static boolean holds(JsonNode value) {
    if (value.isBigDecimal()) {
      var number = value.decimalValue();
      return Math.abs((long) number.scale()) <= MAX_EXPONENT
          && number.precision() - (long) number.scale() <= MAX_EXPONENT;
    }
    for (var element : value) {
      if (!holds(element)) {
        return false;
      }
    }
    return true;
  }
}
