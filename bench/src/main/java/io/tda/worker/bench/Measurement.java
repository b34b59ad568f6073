package io.tda.worker.bench;

import java.util.List;

/** One part of the measurements. */
interface Measurement {
  /** The section of its figures, and the name by which it is asked for. */
  String name();

  /** Takes the measurement. */
  List<Figure> take(Effort effort) throws Exception;
}
