package io.tda.worker.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ExampleRunGeneratorTest {
  private static final Path ARTIFACTS = ContractFiles.ROOT.resolve("example-run/artifacts");
  private static final String REGENERATE = "To make it anew: " + ExampleRunGenerator.COMMAND;
  private static final int MAX_CHART_BYTES = 40_000;

  @ParameterizedTest
  @EnumSource
  void theCommittedCandles_areWhatTheGeneratorMakes(ExampleRunGenerator.Candles candles) {
    assertThat(ContractFiles.text(candles.in(ARTIFACTS))).as(REGENERATE).isEqualTo(candles.json());
  }

  /** Not to the bit: how edges are smoothed may differ between releases of the JDK. */
  @ParameterizedTest
  @EnumSource
  void theCommittedCharts_showWhatTheGeneratorDraws(ExampleRunGenerator.Chart chart)
      throws IOException {
    var bytes = ContractFiles.bytes(chart.in(ARTIFACTS));
    var committed = ImageIO.read(new ByteArrayInputStream(bytes));
    var drawn = chart.draw();

    assertThat(bytes).hasSizeLessThan(MAX_CHART_BYTES);
    assertThat(committed.getWidth()).isEqualTo(ChartPainter.WIDTH);
    assertThat(committed.getHeight()).isEqualTo(ChartPainter.HEIGHT);
    assertThat(differingPixels(committed, drawn)).as(REGENERATE).isLessThan(5_000);
  }

  @Test
  void theCandles_followEachOtherWithoutGaps() {
    var candles = CandleSeries.fourHours();

    assertThat(candles).hasSizeGreaterThanOrEqualTo(200);
    for (int i = 1; i < candles.size(); i++) {
      var before = candles.get(i - 1);
      assertThat(candles.get(i).openTime()).isEqualTo(before.openTime().plus(Duration.ofHours(4)));
      assertThat(candles.get(i).open()).isEqualTo(before.close());
      assertThat(candles.get(i).volume()).isPositive();
    }
  }

  private static long differingPixels(BufferedImage one, BufferedImage other) {
    return IntStream.range(0, ChartPainter.WIDTH * ChartPainter.HEIGHT)
        .filter(i -> {
          int x = i % ChartPainter.WIDTH;
          int y = i / ChartPainter.WIDTH;
          return one.getRGB(x, y) != other.getRGB(x, y);
        })
        .count();
  }
}
