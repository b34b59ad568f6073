package io.tda.worker.contracts;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** Draws the example run's charts. */
final class ChartPainter {
  static final int WIDTH = 640;
  static final int HEIGHT = 360;

  private static final Color BACKGROUND = new Color(0x131a26);
  private static final Color TITLE = new Color(0xe6ebf5);
  private static final Color UP = new Color(0x26a69a);
  private static final Color DOWN = new Color(0xef5350);
  private static final Color CLOSE = new Color(0x5b9cf6);
  private static final Color FAST = new Color(0xf5b74e);
  private static final Color SLOW = new Color(0xb884f0);

  private final String symbol;
  private final String timeframe;
  private final List<Candle> candles;
  private final int shown;
  private final DateTimeFormatter dates;

  /** Draws the last {@code shown} candles; the ones before only feed the averages. */
  ChartPainter(String symbol, String timeframe, List<Candle> candles, int shown, String dates) {
    this.symbol = symbol;
    this.timeframe = timeframe;
    this.candles = candles;
    this.shown = shown;
    this.dates = DateTimeFormatter.ofPattern(dates, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  /** Candlesticks above their volume. */
  BufferedImage candlesAndVolume() {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    var graphics = start(image);
    title(graphics, "CANDLES AND VOLUME");
    var price = pricePanel(graphics, 34, 262, Candle::high, Candle::low);
    double most = visible().stream().mapToInt(Candle::volume).max().orElseThrow();
    var volume = new Panel(276, 334, 0, most, most);
    dates(graphics, 34, 334);
    volume.horizontal(graphics, 0, "VOL");
    for (int i = 0; i < shown; i++) {
      candle(graphics, i, price, volume);
    }
    tagLast(graphics, price);
    graphics.dispose();
    return image;
  }

  /** Closes with two moving averages, above the relative strength index. */
  BufferedImage closeAveragesAndRsi() {
    var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    var graphics = start(image);
    title(graphics, "CLOSE");
    legend(graphics, "SMA 20", 236, FAST);
    legend(graphics, "SMA 50", 306, SLOW);
    var price = pricePanel(graphics, 34, 244, Candle::close, Candle::close);
    dates(graphics, 34, 334);
    price.line(graphics, tail(Indicators.sma(candles, 50)), SLOW, 1.4f);
    price.line(graphics, tail(Indicators.sma(candles, 20)), FAST, 1.4f);
    price.line(graphics, closes(), CLOSE, 1.8f);
    tagLast(graphics, price);
    rsi(graphics);
    graphics.dispose();
    return image;
  }

  private void rsi(Graphics2D graphics) {
    var values = tail(Indicators.rsi(candles, 14));
    double last = values[values.length - 1];
    var panel = new Panel(262, 334, 10, 90, last);
    for (int level = 30; level <= 70; level += 20) {
      panel.horizontal(graphics, level, Integer.toString(level));
    }
    graphics.setColor(new Color(0x14b884f0, true));
    int top = (int) panel.y(70);
    graphics.fillRect(Panel.LEFT, top, Panel.RIGHT - Panel.LEFT, (int) panel.y(30) - top);
    panel.line(graphics, values, SLOW, 1.4f);
    panel.tag(graphics, String.format(Locale.ROOT, "%.1f", last), SLOW.darker());
    graphics.setColor(Panel.TEXT);
    PixelFont.draw(graphics, "RSI 14", Panel.LEFT + 2, 254, 1);
  }

  private static Graphics2D start(BufferedImage image) {
    var graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(BACKGROUND);
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    return graphics;
  }

  private void title(Graphics2D graphics, String what) {
    var name = symbol + " " + timeframe;
    graphics.setColor(TITLE);
    PixelFont.draw(graphics, name, Panel.LEFT, 10, 2);
    graphics.setColor(Panel.TEXT);
    PixelFont.draw(graphics, what, Panel.LEFT + PixelFont.width(name, 2) + 12, 15, 1);
  }

  private static void legend(Graphics2D graphics, String text, int x, Color color) {
    graphics.setColor(color);
    graphics.fillRect(x, 17, 14, 3);
    PixelFont.draw(graphics, text, x + 20, 15, 1);
  }

  private Panel pricePanel(
      Graphics2D graphics,
      int top,
      int bottom,
      ToIntFunction<Candle> most,
      ToIntFunction<Candle> least) {
    double high = visible().stream().mapToInt(most).max().orElseThrow();
    double low = visible().stream().mapToInt(least).min().orElseThrow();
    double margin = 0.05 * (high - low);
    var panel = new Panel(top, bottom, low - margin, high + margin, candles.getLast().close());
    double step = step(high - low);
    for (double level = Math.ceil(panel.low() / step) * step; level < panel.high(); level += step) {
      panel.horizontal(graphics, level, dollars(level));
    }
    return panel;
  }

  /** A round distance that gives four to ten grid lines. */
  private static double step(double range) {
    double[] round = {100, 250, 500, 1000, 2500, 5000, 10_000};
    return Arrays.stream(round).filter(step -> range / step <= 9).findFirst().orElse(20_000);
  }

  private void dates(Graphics2D graphics, int top, int bottom) {
    int every = shown / 6;
    for (int i = every / 2; i < shown; i += every) {
      int x = (int) Panel.x(i, shown);
      graphics.setColor(Panel.GRID);
      graphics.fillRect(x, top, 1, bottom - top);
      graphics.setColor(Panel.TEXT);
      var date = date(visible().get(i).openTime());
      PixelFont.draw(graphics, date, x - PixelFont.width(date, 1) / 2, bottom + 9, 1);
    }
  }

  private String date(Instant instant) {
    return dates.format(instant);
  }

  private void candle(Graphics2D graphics, int index, Panel price, Panel volume) {
    var candle = visible().get(index);
    double column = (double) (Panel.RIGHT - Panel.LEFT) / shown;
    int width = Math.max(3, (int) (column * 0.7) | 1);
    int left = (int) Math.round(Panel.x(index, shown) - width / 2.0);
    var color = candle.isUp() ? UP : DOWN;
    graphics.setColor(color);
    fill(graphics, left + width / 2, 1, price.y(candle.high()), price.y(candle.low()));
    double body = price.y(Math.max(candle.open(), candle.close()));
    fill(graphics, left, width, body, price.y(Math.min(candle.open(), candle.close())));
    graphics.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 0x80));
    fill(graphics, left, width, volume.y(candle.volume()), volume.bottom());
  }

  private static void fill(Graphics2D graphics, int left, int width, double top, double bottom) {
    int from = (int) Math.round(top);
    graphics.fillRect(left, from, width, Math.max(1, (int) Math.round(bottom) - from));
  }

  private void tagLast(Graphics2D graphics, Panel price) {
    var last = candles.getLast();
    price.tag(graphics, dollars(last.close()), last.isUp() ? UP : DOWN);
  }

  private List<Candle> visible() {
    return candles.subList(candles.size() - shown, candles.size());
  }

  private double[] closes() {
    return visible().stream().mapToDouble(Candle::close).toArray();
  }

  private double[] tail(double[] values) {
    return Arrays.copyOfRange(values, values.length - shown, values.length);
  }

  private static String dollars(double thousandths) {
    return String.format(Locale.ROOT, "%.2f", thousandths / 1000);
  }
}
