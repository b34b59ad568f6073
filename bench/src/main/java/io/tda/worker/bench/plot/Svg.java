package io.tda.worker.bench.plot;

import java.util.Locale;

/** Puts shapes into an SVG picture, readable on light and on dark pages. */
final class Svg {
  private static final String[] COLOURS = {"#2563eb", "#d97706", "#059669", "#dc2626", "#7c3aed"};

  private final StringBuilder text = new StringBuilder();

  Svg(int width, int height, String title) {
    text.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">%n<title>%s</title>%n<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n",
            width,
            height,
            escaped(title),
            width,
            height));
    text(20, 24, "start", "#111827", 15, title);
  }

  static String colour(int series) {
    return COLOURS[series % COLOURS.length];
  }

  Svg line(double x1, double y1, double x2, double y2, String colour, double width) {
    text.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%.1f\"/>%n",
            x1,
            y1,
            x2,
            y2,
            colour,
            width));
    return this;
  }

  Svg dot(double x, double y, String colour) {
    text.append(
        String.format(
            Locale.ROOT,
            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>%n",
            x,
            y,
            colour));
    return this;
  }

  Svg box(double x, double y, double width, double height, String colour) {
    text.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n",
            x,
            y,
            Math.max(1, width),
            height,
            colour));
    return this;
  }

  /** Writes a text; {@code anchor} is start, middle or end. */
  Svg text(double x, double y, String anchor, String colour, int size, String content) {
    text.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\" font-size=\"%d\">%s</text>%n",
            x,
            y,
            anchor,
            colour,
            size,
            escaped(content)));
    return this;
  }

  @Override
  public String toString() {
    return text + "</svg>\n";
  }

  private static String escaped(String content) {
    return content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
