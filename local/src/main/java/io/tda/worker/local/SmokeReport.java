package io.tda.worker.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tda.worker.local.smoke.Smoke.Verdict;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** How a smoke test went: a line a case, and below it what was found. */
final class SmokeReport {
  private SmokeReport() {}

  static void text(List<Verdict> verdicts, PrintWriter out) {
    for (var verdict : verdicts) {
      out.printf(
          Locale.ROOT,
          "%-7s %-17s %5.1f s  %s%n",
          verdict.isGood() ? "ok" : "FAILED",
          verdict.smokeCase().name(),
          verdict.took().toMillis() / 1000.0,
          verdict.smokeCase().step().runId());
      verdict.findings().forEach(finding -> out.println("        " + finding));
    }
    out.flush();
  }

  static String json(List<Verdict> verdicts) {
    var root = JsonNodeFactory.instance.objectNode();
    root.put("ok", verdicts.stream().allMatch(Verdict::isGood));
    var all = root.putArray("cases");
    for (var verdict : verdicts) {
      var one = all.addObject().put("name", verdict.smokeCase().name());
      one.put("runId", verdict.smokeCase().step().runId().value());
      one.put("ok", verdict.isGood()).put("durationMs", verdict.took().toMillis());
      var findings = one.putArray("findings");
      for (var finding : verdict.findings()) {
        findings.addObject().put("where", finding.where()).put("what", finding.what());
      }
    }
    return root.toString();
  }
}
