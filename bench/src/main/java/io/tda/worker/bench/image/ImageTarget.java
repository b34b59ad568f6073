package io.tda.worker.bench.image;

import io.tda.worker.bench.stack.ServiceApp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an image has to reach on one processor. Ratios are of the time from the start of the program
 * to the end of its first event, with the cache, to that of a plain JVM.
 */
enum ImageTarget {
  DISPATCHER(0.30, 160),
  EXECUTOR(0.25, 190);

  /** Other work on the machine must not turn the check red; what is really lost is more. */
  private static final double MARGIN = 1.4;

  private final double ratio;
  private final long rssMebibytes;

  ImageTarget(double ratio, long rssMebibytes) {
    this.ratio = ratio;
    this.rssMebibytes = rssMebibytes;
  }

  ServiceApp app() {
    return switch (this) {
      case DISPATCHER -> ServiceApp.dispatcher();
      case EXECUTOR -> ServiceApp.executor();
    };
  }

  /** The targets that are missed by more than the margin, one line each. */
  List<String> misses(ImageCheck result) {
    var misses = new ArrayList<String>();
    if (result.ratio() > ratio * MARGIN) {
      misses.add(
          String.format(
              Locale.ROOT,
              "MISSED %s: first event at %.2f of a plain JVM, target %.2f",
              result.service(),
              result.ratio(),
              ratio));
    }
    if (result.rssMebibytes() > rssMebibytes * MARGIN) {
      misses.add(
          String.format(
              Locale.ROOT,
              "MISSED %s: %d MiB resident, target %d",
              result.service(),
              result.rssMebibytes(),
              rssMebibytes));
    }
    return misses;
  }
}
