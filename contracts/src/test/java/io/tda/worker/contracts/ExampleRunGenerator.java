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
          + " contracts/example-run/artifacts";

  private static final String SYMBOL = "LINKUSDT";
  private static final String RUN = "runs/20251224-061000_LINKUSDT_demo92/";

  private ExampleRunGenerator() {}

  /** Writes the files below the given folder, {@code <folder>/<bucket>/<object>}. */
  public static void main(String[] arguments) throws IOException {
    var bucket = Path.of(arguments[0]).resolve("demo-artifacts");
    write(bucket.resolve(RUN + "ohlcv/4h.json"), fourHoursJson());
    write(bucket.resolve(RUN + "ohlcv/1M.json"), monthsJson());
    write(bucket.resolve(chart("4h", "candles_volume_v1")), fourHours().candlesAndVolume());
    write(bucket.resolve(chart("4h", "close_sma_rsi_v1")), fourHours().closeAveragesAndRsi());
    write(bucket.resolve(chart("1M", "candles_volume_v1")), months().candlesAndVolume());
  }

  static String fourHoursJson() {
    return json("4h", CandleSeries.fourHours());
  }

  static String monthsJson() {
    return json("1M", CandleSeries.months());
  }

  private static ChartPainter fourHours() {
    return new ChartPainter(SYMBOL, "4h", CandleSeries.fourHours(), 120, "MM-dd");
  }

  private static ChartPainter months() {
    return new ChartPainter(SYMBOL, "1M", CandleSeries.months(), 36, "yyyy-MM");
  }

  private static String chart(String timeframe, String template) {
    return "%scharts/%s/%s/20251224-061012_%s_%s_%s.png"
        .formatted(RUN, timeframe, template, SYMBOL, timeframe, template);
  }

  private static String json(String timeframe, List<Candle> candles) {
    var head =
        "{\n  \"schemaVersion\": 1,\n  \"symbol\": \"%s\",\n  \"timeframe\": \"%s\",\n  \"candles\": [\n"
            .formatted(SYMBOL, timeframe);
    return candles.stream()
        .map(ExampleRunGenerator::json)
        .collect(Collectors.joining(",\n", head, "\n  ]\n}\n"));
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

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void write(Path file, BufferedImage image) throws IOException {
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }
}
