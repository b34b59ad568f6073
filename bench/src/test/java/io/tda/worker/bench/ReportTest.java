package io.tda.worker.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report, its forms, and what two of them say about each other. */
final class ReportTest {
  private static final Machine MACHINE = new Machine(2, 24, "Linux amd64", "25.0.3", 0.5);
  private static final Instant TIME = Instant.parse("2026-11-25T07:00:00Z");

  @Test
  void toJson_startsWithTheTwoHeadlines() {
    var report =
        report(
            Figure.perSecond("embedded", "1 in flight", 1_000),
            Figure.perSecond("embedded", "8 in flight", 3_123.456),
            Figure.ratio("overhead", "0 ms model", "ratio to the bare program", 1.2));
    assertThat(report.toJson().path("embeddedStepsPerSecond").doubleValue()).isEqualTo(3_123);
    assertThat(report.toJson().path("overheadRatio").doubleValue()).isEqualTo(1.2);
  }

  @Test
  void toJson_saysNullForAHeadlineThatWasNotMeasured() {
    assertThat(report().toJson().path("overheadRatio").isNull()).isTrue();
    assertThat(report().toJson().path("embeddedStepsPerSecond").isNull()).isTrue();
  }

  @Test
  void read_givesBackWhatWasWritten(@TempDir Path folder) throws Exception {
    var report = report(Figure.millis("embedded", "1 in flight", "p50", 0.75));
    var file = folder.resolve("report.json");
    Files.writeString(file, report.toJson().toPrettyString());
    assertThat(Report.read(file)).isEqualTo(report);
  }

  @Test
  void table_hasARowForASubject_andAColumnForAMeasure() {
    var report =
        report(
            Figure.perSecond("embedded", "1 in flight", 1_234.5),
            Figure.millis("embedded", "1 in flight", "p50", 0.756),
            Figure.perSecond("embedded", "8 in flight", 3_000));
    assertThat(ReportTable.of(report).lines())
        .contains(
            "| embedded | steps | p50 |",
            "| 1 in flight | 1,235 /s | 0.756 ms |",
            "| 8 in flight | 3,000 /s |  |");
  }

  @Test
  void compare_saysWhatIsBetter_byWhatIsWanted() {
    var before =
        report(
            Figure.perSecond("embedded", "8 in flight", 1_000),
            Figure.millis("embedded", "8 in flight", "p50", 2),
            Figure.millis("embedded", "8 in flight", "p99", 10));
    var after =
        report(
            Figure.perSecond("embedded", "8 in flight", 2_000),
            Figure.millis("embedded", "8 in flight", "p50", 3),
            Figure.millis("embedded", "8 in flight", "p99", 10.5),
            Figure.millis("embedded", "9 in flight", "p99", 1));
    assertThat(Comparison.of(before, after).lines().skip(2))
        .containsExactly(
            "| embedded / 8 in flight / steps | 1,000 /s | 2,000 /s | 2.00 | better |",
            "| embedded / 8 in flight / p50 | 2 ms | 3 ms | 1.50 | worse |",
            "| embedded / 8 in flight / p99 | 10 ms | 10.5 ms | 1.05 |  |");
  }

  private static Report report(Figure... figures) {
    return new Report(TIME, "quick", MACHINE, List.of(figures));
  }
}
