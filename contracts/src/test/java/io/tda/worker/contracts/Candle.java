package io.tda.worker.contracts;

import java.time.Instant;

/**
 * What was traded in one interval.
 *
 * @param openTime start of the interval
 * @param open price in thousandths of a dollar, as all prices here
 * @param volume whole coins
 */
record Candle(Instant openTime, int open, int high, int low, int close, int volume) {
  Candle {
    if (low > Math.min(open, close) || high < Math.max(open, close) || low <= 0 || volume < 0) {
      throw new IllegalArgumentException("not a candle");
    }
  }

  boolean isUp() {
    return close >= open;
  }
}
