package io.tda.worker.bench;

import java.time.Duration;

/**
 * One measured number.
 *
 * @param section the part of the measurements, such as {@code embedded}
 * @param subject what was measured, such as {@code 8 in flight}
 * @param measure what about it, such as {@code p50}
 */
public record Figure(
    String section, String subject, String measure, double value, String unit, Better better) {

  /** Which way is up. */
  enum Better {
    LESS,
    MORE,
    /** A fact, such as a number of lines. */
    NEITHER
  }

  /** Names the figure among all of a report. */
  String name() {
    return section + " / " + subject + " / " + measure;
  }

  public static Figure millis(String section, String subject, String measure, double value) {
    return new Figure(section, subject, measure, value, "ms", Better.LESS);
  }

  /** The share of each of so many steps, or whatever else is counted, in a time. */
  static Figure millisEach(
      String section, String subject, String measure, Duration time, int count) {
    return millis(section, subject, measure, time.toNanos() / 1e6 / count);
  }

  public static Figure perSecond(String section, String subject, double value) {
    return new Figure(section, subject, "steps", value, "/s", Better.MORE);
  }

  public static Figure count(String section, String subject, String measure, double value) {
    return new Figure(section, subject, measure, value, "", Better.LESS);
  }

  public static Figure ratio(String section, String subject, String measure, double value) {
    return new Figure(section, subject, measure, value, "x", Better.LESS);
  }

  public static Figure mebibytes(String section, String subject, String measure, long bytes) {
    return new Figure(section, subject, measure, (double) bytes / (1 << 20), "MiB", Better.LESS);
  }
}
