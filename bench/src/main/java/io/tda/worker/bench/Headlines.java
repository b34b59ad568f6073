package io.tda.worker.bench;

/** The figures that a report is judged by at first sight. */
final class Headlines {
  static final String RATIO = "ratio to the bare program";

  /** The pipeline's time by that of the bare program, at a model that answers at once. */
  static final String OVERHEAD_RATIO = "overhead / 0 ms model / " + RATIO;

  private Headlines() {}
}
