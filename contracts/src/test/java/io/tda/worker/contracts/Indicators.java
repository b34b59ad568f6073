package io.tda.worker.contracts;

import java.util.List;

/** The indicators that the example's charts show and its report quotes. */
final class Indicators {
  private Indicators() {}

  /** Simple moving average of the closes; {@code NaN} until there are enough of them. */
  static double[] sma(List<Candle> candles, int length) {
    var averages = new double[candles.size()];
    double sum = 0;
    for (int i = 0; i < averages.length; i++) {
      sum += candles.get(i).close();
      if (i >= length) {
        sum -= candles.get(i - length).close();
      }
      averages[i] = i + 1 < length ? Double.NaN : sum / length;
    }
    return averages;
  }

  /** Relative strength index with Wilder's smoothing, 0 to 100; {@code NaN} at the start. */
  static double[] rsi(List<Candle> candles, int length) {
    var values = new double[candles.size()];
    double gain = 0;
    double loss = 0;
    values[0] = Double.NaN;
    for (int i = 1; i < values.length; i++) {
      double change = candles.get(i).close() - candles.get(i - 1).close();
      double weight = 1.0 / Math.min(i, length);
      gain += weight * (Math.max(change, 0) - gain);
      loss += weight * (Math.max(-change, 0) - loss);
      values[i] = i < length ? Double.NaN : 100 * gain / (gain + loss);
    }
    return values;
  }

  /** Average true range with Wilder's smoothing, in the candles' price unit. */
  static double atr(List<Candle> candles, int length) {
    double average = 0;
    for (int i = 1; i < candles.size(); i++) {
      var candle = candles.get(i);
      int before = candles.get(i - 1).close();
      double range = Math.max(candle.high(), before) - Math.min(candle.low(), before);
      average += (range - average) / Math.min(i, length);
    }
    return average;
  }
}
