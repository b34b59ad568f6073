package io.tda.worker.executor;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.llm.InlineImage;
import io.tda.worker.llm.UserInput;
import java.util.List;

/** The artifacts that a report is made from, loaded and checked. */
record StepContext(
    UserInput.Artifact ohlcv,
    List<ChartImage> charts,
    List<UserInput.PreviousReport> previousReports) {
  StepContext {
    charts = List.copyOf(charts);
    previousReports = List.copyOf(previousReports);
  }

  /** A chart: where it is, what it shows, and the image itself. */
  record ChartImage(GcsUri uri, String description, InlineImage image) {}

  /** How many objects were read, the manifest included. */
  int artifacts() {
    return 2 + charts.size() + previousReports.size();
  }
}
