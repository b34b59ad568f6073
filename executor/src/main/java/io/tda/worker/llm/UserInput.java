package io.tda.worker.llm;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.flow.LLMReportInputs;
import io.tda.worker.id.Timeframe;
import java.util.List;

/**
 * What a request's user text is made of.
 *
 * @param userPrompt opens the text, as it is stored
 * @param charts what each attached image shows, in the order of the images; empty without images
 */
public record UserInput(
    String userPrompt,
    String symbol,
    Timeframe timeframe,
    Artifact ohlcv,
    List<String> charts,
    List<PreviousReport> previousReports) {
  public UserInput {
    charts = List.copyOf(charts);
    previousReports = List.copyOf(previousReports);
  }

  /** A JSON artifact and where it came from. */
  public record Artifact(GcsUri uri, ContextJson content) {}

  /** A report of an earlier step, or of elsewhere. */
  public record PreviousReport(LLMReportInputs.PreviousReport source, ContextJson content) {}

  /** Counts the parts only, so that their text cannot slip into a log or a message. */
  @Override
  public String toString() {
    return "UserInput[charts="
        + charts.size()
        + ", previousReports="
        + previousReports.size()
        + "]";
  }
}
