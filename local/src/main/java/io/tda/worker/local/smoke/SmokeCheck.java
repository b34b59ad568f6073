package io.tda.worker.local.smoke;

import io.tda.worker.flow.StepStatus;
import java.util.ArrayList;
import java.util.List;

/** Compares what was seen of a run with what had to be. */
final class SmokeCheck {
  private static final String NOTHING = "nothing";

  private SmokeCheck() {}

  /** Everything that differs; of each service's log the first difference. */
  static List<Finding> findings(Expected expected, Observed observed) {
    var findings = new ArrayList<Finding>();
    var error = expected.error() == null ? "" : expected.error().name();
    compare(findings, "step's status", expected.status().name(), observed.status());
    compare(findings, "step's error code", error, observed.error());
    var report =
        expected.status() == StepStatus.SUCCEEDED ? Observed.Report.VALID : Observed.Report.MISSING;
    compare(findings, "report object", report.name(), observed.report().name());
    var story = LogStory.of(observed.log());
    compare(findings, "model calls", "" + expected.modelCalls(), "" + story.modelCalls());
    compare(findings, "dispatcher's log", expected.dispatcher(), story.dispatcher());
    compare(findings, "executor's log", expected.executor(), story.executor());
    return List.copyOf(findings);
  }

  private static void compare(
      List<Finding> findings, String where, String expected, String observed) {
    if (!expected.equals(observed)) {
      findings.add(new Finding(where, difference(expected, observed)));
    }
  }

  private static void compare(
      List<Finding> findings, String where, List<String> expected, List<String> observed) {
    if (expected.equals(observed)) {
      return;
    }
    int at = 0;
    while (at < Math.min(expected.size(), observed.size())
        && expected.get(at).equals(observed.get(at))) {
      at++;
    }
    findings.add(
        new Finding(
            where,
            "%d of %d entries, and no. %d is not right: %s"
                .formatted(
                    observed.size(),
                    expected.size(),
                    at + 1,
                    difference(entry(expected, at), entry(observed, at)))));
  }

  private static String entry(List<String> entries, int at) {
    return at < entries.size() ? entries.get(at) : "";
  }

  private static String difference(String expected, String observed) {
    return "expected %s, saw %s".formatted(named(expected), named(observed));
  }

  private static String named(String value) {
    return value.isEmpty() ? NOTHING : "'" + value + "'";
  }
}
