package io.tda.worker.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.bench.plot.BarChart;
import io.tda.worker.bench.plot.LineChart;
import io.tda.worker.bench.plot.Series;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import picocli.CommandLine;

/** Plots are XML, show every point, and are drawn of what was measured only. */
final class PlotTest {
  @Test
  void lineChart_hasADotForEachPoint_insideThePicture(@TempDir Path folder) throws Exception {
    var series =
        new Series("a & b", List.of(new Series.Point(1, 0.5), new Series.Point(256, 3_000)));
    var svg = parsed(folder, new LineChart("title <1>", "x", "y", List.of(series)).svg());
    var dots = svg.getElementsByTagName("circle");
    assertThat(dots.getLength()).isEqualTo(3); // one stands in the legend
    for (int i = 0; i < dots.getLength(); i++) {
      var place = dots.item(i).getAttributes();
      assertThat(Double.parseDouble(place.getNamedItem("cx").getNodeValue())).isBetween(0.0, 640.0);
      assertThat(Double.parseDouble(place.getNamedItem("cy").getNodeValue())).isBetween(0.0, 360.0);
    }
  }

  @Test
  void barChart_drawsTheLargerValueLonger(@TempDir Path folder) throws Exception {
    var bar = new BarChart.Bar("hop", 2, 8);
    var svg = parsed(folder, new BarChart("t", "ms", "p50", "p99", List.of(bar)).svg());
    var boxes = svg.getElementsByTagName("rect");
    var widths =
        List.of(1, 2).stream()
            .map(i -> boxes.item(i).getAttributes().getNamedItem("width").getNodeValue())
            .map(Double::parseDouble)
            .toList();
    assertThat(widths.get(1)).isEqualTo(4 * widths.get(0));
  }

  @Test
  void plot_drawsWhatWasMeasured(@TempDir Path folder) throws Exception {
    var report =
        new Report(
            Instant.parse("2026-11-25T07:00:00Z"),
            "quick",
            new Machine(2, 24, "Linux", "25", 0),
            List.of(
                Figure.perSecond("embedded", "1 in flight", 1_000),
                Figure.perSecond("embedded", "8 in flight", 3_000)));
    var file = folder.resolve("report.json");
    Files.writeString(file, report.toJson().toString());
    assertThat(new CommandLine(new PlotCommand()).execute(file.toString(), folder.toString()))
        .isZero();
    assertThat(folder.resolve("embedded-throughput.svg")).exists();
    assertThat(folder.resolve("hops.svg")).doesNotExist();
    assertThat(folder.resolve("services.svg")).doesNotExist();
  }

  private static Document parsed(Path folder, String svg) throws Exception {
    var file = folder.resolve("plot.svg");
    Files.writeString(file, svg);
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
  }
}
