package io.tda.worker.contracts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;

/**
 * A part of a chart with its own vertical scale, from {@code low} at the bottom to {@code high}.
 *
 * @param marked the value that gets a tag on the axis; no other label is written close to it
 */
record Panel(int top, int bottom, double low, double high, double marked) {
  static final int LEFT = 12;
  static final int RIGHT = 582;
  static final Color GRID = new Color(0x222b3b);
  static final Color TEXT = new Color(0x8f9bb3);

  double y(double value) {
    return bottom - (value - low) / (high - low) * (bottom - top);
  }

  /** The centre of a candle's column. */
  static double x(int index, int count) {
    return LEFT + (index + 0.5) * (RIGHT - LEFT) / count;
  }

  void horizontal(Graphics2D graphics, double value, String label) {
    int y = (int) Math.round(y(value));
    graphics.setColor(GRID);
    graphics.fillRect(LEFT, y, RIGHT - LEFT, 1);
    if (Math.abs(y - y(marked)) > 11) {
      graphics.setColor(TEXT);
      PixelFont.draw(graphics, label, RIGHT + 8, y - PixelFont.HEIGHT / 2, 1);
    }
  }

  void line(Graphics2D graphics, double[] values, Color color, float width) {
    var path = new Path2D.Double();
    boolean drawing = false;
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        continue;
      }
      if (drawing) {
        path.lineTo(x(i, values.length), y(values[i]));
      } else {
        path.moveTo(x(i, values.length), y(values[i]));
        drawing = true;
      }
    }
    graphics.setColor(color);
    graphics.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(path);
  }

  /** A filled label on the right axis, as charts mark the last value. */
  void tag(Graphics2D graphics, String label, Color color) {
    int y = (int) Math.round(y(marked));
    graphics.setColor(color);
    graphics.fillRect(RIGHT + 3, y - 7, PixelFont.width(label, 1) + 10, 15);
    graphics.setColor(Color.WHITE);
    PixelFont.draw(graphics, label, RIGHT + 8, y - PixelFont.HEIGHT / 2, 1);
  }
}
