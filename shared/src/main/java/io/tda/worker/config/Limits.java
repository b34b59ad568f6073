package io.tda.worker.config;

/**
 * How large what goes into a request and comes out of it may be. Nothing is truncated: what is over
 * a limit fails the step.
 *
 * @param maxContextBytes one JSON artifact, as stored
 * @param maxChartBytes one chart image
 * @param maxInlineBytes all images of a request together
 * @param maxOutputBytes the model's text
 */
public record Limits(
    int maxContextBytes,
    int maxChartBytes,
    int maxImages,
    int maxInlineBytes,
    int maxPreviousReports,
    int maxOutputBytes) {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  /** What holds where nothing else is set. */
  public static final Limits DEFAULT = new Limits(64 * KIB, 256 * KIB, 16, 7 * MIB, 8, 2 * MIB);
}
