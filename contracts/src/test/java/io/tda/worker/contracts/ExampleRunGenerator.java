package io.tda.worker.contracts;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;

/**
 * Makes the candles and charts of the example run; all of its other files are written by hand.
 *
 * <p>Run {@link #main} with the folder of the example run's artifacts to make them anew.
 */
final class ExampleRunGenerator {
  /** What to run when a committed file is not what this program makes. */
  static final String COMMAND =
      "java contracts/src/test/java/io/tda/worker/contracts/ExampleRunGenerator.java"
          + " contracts/example-run/artifacts (with JDK 25, in the project's folder)";

  private static final String SYMBOL = "LINKUSDT";
  private static final String FOLDER = "demo-artifacts/runs/20251224-061000_LINKUSDT_demo92/";

  private ExampleRunGenerator() {}

  /** Writes the files below the given folder, {@code <folder>/<bucket>/<object>}. */
  public static void main(String[] arguments) throws IOException {
    System.setProperty("java.awt.headless", "true");
    var artifacts = Path.of(arguments[0]);
    for (var candles : Candles.values()) {
      Files.createDirectories(candles.in(artifacts).getParent());
      Files.writeString(candles.in(artifacts), candles.json());
    }
    for (var chart : Chart.values()) {
      Files.createDirectories(chart.in(artifacts).getParent());
      ImageIO.write(chart.draw(), "png", chart.in(artifacts).toFile());
    }
  }

  /** The files with candles. */
  enum Candles {
    FOUR_HOURS("4h"),
    MONTHS("1M");

    private final String timeframe;

    Candles(String timeframe) {
      this.timeframe = timeframe;
    }

    private List<Candle> series() {
      return this == FOUR_HOURS ? CandleSeries.fourHours() : CandleSeries.months();
    }

    Path in(Path artifacts) {
      return artifacts.resolve(FOLDER + "ohlcv/" + timeframe + ".json");
    }

    String json() {
      var head =
          "{\n  \"schemaVersion\": 1,\n  \"symbol\": \"%s\",\n  \"timeframe\": \"%s\",\n  \"candles\": [\n"
              .formatted(SYMBOL, timeframe);
      return series().stream()
          .map(ExampleRunGenerator::json)
          .collect(Collectors.joining(",\n", head, "\n  ]\n}\n"));
    }

    private ChartPainter painter() {
      return this == FOUR_HOURS
          ? new ChartPainter(SYMBOL, timeframe, series(), 120, "MM-dd")
          : new ChartPainter(SYMBOL, timeframe, series(), 36, "yyyy-MM");
    }
  }

  /** The files with charts. */
  enum Chart {
    FOUR_HOURS_VOLUME(Candles.FOUR_HOURS, "candles_volume_v1"),
    FOUR_HOURS_AVERAGES(Candles.FOUR_HOURS, "close_sma_rsi_v1"),
    MONTHS_VOLUME(Candles.MONTHS, "candles_volume_v1");

    private final Candles candles;
    private final String template;

    Chart(Candles candles, String template) {
      this.candles = candles;
      this.template = template;
    }

    Path in(Path artifacts) {
      var name = "20251224-061012_%s_%s_%s.png".formatted(SYMBOL, candles.timeframe, template);
      return artifacts.resolve(
          FOLDER + "charts/" + candles.timeframe + "/" + template + "/" + name);
    }

    BufferedImage draw() {
      return this == FOUR_HOURS_AVERAGES
          ? candles.painter().closeAveragesAndRsi()
          : candles.painter().candlesAndVolume();
    }
  }

  private static String json(Candle candle) {
    return "    {\"openTime\": \"%s\", \"open\": %s, \"high\": %s, \"low\": %s, \"close\": %s, \"volume\": %d}"
        .formatted(
            candle.openTime(),
            dollars(candle.open()),
            dollars(candle.high()),
            dollars(candle.low()),
            dollars(candle.close()),
            candle.volume());
  }

  private static String dollars(int thousandths) {
    return String.format(Locale.ROOT, "%d.%03d", thousandths / 1000, thousandths % 1000);
  }
}
