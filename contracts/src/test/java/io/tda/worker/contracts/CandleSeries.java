package io.tda.worker.contracts;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes up the candles of the example run: a random walk around given turning points.
 *
 * <p>The same on every machine: the seed is fixed, {@link Random} and {@link StrictMath} are
 * specified to the bit, and prices are whole thousandths.
 */
final class CandleSeries {
  private static final Instant LAST_4H = Instant.parse("2025-12-24T00:00:00Z");
  private static final int COUNT_4H = 240;
  private static final int COUNT_1M = 36;

  private static final double[] TURNS_4H = {
    15.9, 15.1, 13.5, 13.9, 12.5, 12.3, 12.9, 12.4, 13.3, 14.4, 14.9, 14.2, 13.4, 13.6, 14.1, 14.55
  };
  private static final double[] TURNS_1M = {
    6.1, 7.0, 7.3, 6.9, 6.2, 7.6, 6.3, 8.2, 11.4, 15.2, 14.9, 18.6, 17.8, 13.6, 17.4, 13.9, 11.2,
    11.8, 12.4, 18.9, 21.3, 24.1, 15.2, 13.8, 14.6, 15.0, 13.5, 17.7, 23.4, 21.6, 17.3
  };

  private final Random random;

  private CandleSeries(long seed) {
    this.random = new Random(seed);
  }

  /** 240 closed 4-hour candles; the last one opens at 2025-12-24T00:00Z. */
  static List<Candle> fourHours() {
    var series = new CandleSeries(20251224L);
    var first = LAST_4H.minus(Duration.ofHours(4L * (COUNT_4H - 1)));
    var openTimes = new ArrayList<Instant>();
    for (int i = 0; i < COUNT_4H; i++) {
      openTimes.add(first.plus(Duration.ofHours(4L * i)));
    }
    return series.walk(openTimes, TURNS_4H, 0.0075, 820_000);
  }

  /** 36 monthly candles; the last two agree with {@link #fourHours()}, the very last is open. */
  static List<Candle> months() {
    var first = LAST_4H.atZone(ZoneOffset.UTC).withDayOfMonth(1).withHour(0).minusMonths(35);
    var openTimes = new ArrayList<Instant>();
    for (int i = 0; i < COUNT_1M - 2; i++) {
      openTimes.add(first.plusMonths(i).toInstant());
    }
    var candles =
        new ArrayList<>(new CandleSeries(92L).walk(openTimes, TURNS_1M, 0.05, 96_000_000));
    var december = first.plusMonths(COUNT_1M - 1L).toInstant();
    var november = first.plusMonths(COUNT_1M - 2L).toInstant();
    candles.add(month(november, candles.getLast(), between(november, december)));
    candles.add(month(december, candles.getLast(), between(december, LAST_4H.plusSeconds(1))));
    return List.copyOf(candles);
  }

  private static List<Candle> between(Instant from, Instant to) {
    return fourHours().stream()
        .filter(candle -> !candle.openTime().isBefore(from) && candle.openTime().isBefore(to))
        .toList();
  }

  private static Candle month(Instant openTime, Candle before, List<Candle> parts) {
    int open = before.close();
    int high = parts.stream().mapToInt(Candle::high).max().orElseThrow();
    int low = parts.stream().mapToInt(Candle::low).min().orElseThrow();
    int volume = parts.stream().mapToInt(Candle::volume).sum();
    return new Candle(
        openTime, open, Math.max(open, high), Math.min(open, low), parts.getLast().close(), volume);
  }

  private List<Candle> walk(List<Instant> openTimes, double[] turns, double noise, double coins) {
    var candles = new ArrayList<Candle>();
    double deviation = 0;
    int close = thousandths(turns[0]);
    for (int i = 0; i < openTimes.size(); i++) {
      int open = close;
      deviation = 0.82 * deviation + noise * gaussian();
      close = thousandths(turning(turns, i, openTimes.size()) * StrictMath.exp(deviation));
      int high = stretched(Math.max(open, close), noise);
      int low = stretched(Math.min(open, close), -noise);
      candles.add(
          new Candle(openTimes.get(i), open, high, low, close, coins(coins, noise, open, close)));
    }
    return List.copyOf(candles);
  }

  /** The price at a position on the straight lines between the turning points. */
  private static double turning(double[] turns, int index, int count) {
    double position = (double) (index + 1) / count * (turns.length - 1);
    int segment = Math.min((int) position, turns.length - 2);
    return turns[segment] + (position - segment) * (turns[segment + 1] - turns[segment]);
  }

  private int stretched(int price, double by) {
    return (int) Math.round(price * (1 + 0.7 * by * Math.abs(gaussian())));
  }

  private int coins(double usual, double noise, int open, int close) {
    double move = Math.abs((double) (close - open) / open) / noise;
    return (int) Math.round(usual * (0.55 + 0.5 * move) * StrictMath.exp(0.28 * gaussian()));
  }

  /** Nearly normal: twelve uniform numbers have a variance of one. */
  private double gaussian() {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum;
  }

  private static int thousandths(double price) {
    return (int) Math.round(price * 1000);
  }
}
