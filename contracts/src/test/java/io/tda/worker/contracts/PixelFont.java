package io.tda.worker.contracts;

import java.awt.Graphics2D;
import java.util.Locale;

/**
 * A font of 5 by 7 pixels, so that the charts do not depend on the fonts of the machine.
 *
 * <p>Each character is seven rows of five bits, written as two hex digits a row.
 */
final class PixelFont {
  static final int HEIGHT = 7;
  private static final int ADVANCE = 6;
  private static final String CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.-:/%";
  private static final String ROWS =
      "0E11131519110E"
          + "040C040404040E"
          + "0E11010204081F"
          + "1F02040201110E"
          + "02060A121F0202"
          + "1F101E0101110E"
          + "0608101E11110E"
          + "1F010204080808"
          + "0E11110E11110E"
          + "0E11110F01020C"
          + "0E11111F111111"
          + "1E11111E11111E"
          + "0E11101010110E"
          + "1C12111111121C"
          + "1F10101E10101F"
          + "1F10101E101010"
          + "0E11101711110F"
          + "1111111F111111"
          + "0E04040404040E"
          + "0702020202120C"
          + "11121418141211"
          + "1010101010101F"
          + "111B1515111111"
          + "11111915131111"
          + "0E11111111110E"
          + "1E11111E101010"
          + "0E11111115120D"
          + "1E11111E141211"
          + "0F10100E01011E"
          + "1F040404040404"
          + "1111111111110E"
          + "11111111110A04"
          + "1111111515150A"
          + "11110A040A1111"
          + "1111110A040404"
          + "1F01020408101F"
          + "00000000000C0C"
          + "0000001F000000"
          + "000C0C000C0C00"
          + "00010204081000"
          + "18190204081303";

  private PixelFont() {}

  static int width(String text, int scale) {
    return text.length() * ADVANCE * scale - scale;
  }

  /** Draws the text in the current colour; (x, y) is its upper left corner. */
  static void draw(Graphics2D graphics, String text, int x, int y, int scale) {
    var upper = text.toUpperCase(Locale.ROOT);
    for (int i = 0; i < upper.length(); i++) {
      int glyph = CHARACTERS.indexOf(upper.charAt(i));
      if (glyph >= 0) {
        drawGlyph(graphics, glyph, x + i * ADVANCE * scale, y, scale);
      }
    }
  }

  private static void drawGlyph(Graphics2D graphics, int glyph, int x, int y, int scale) {
    for (int row = 0; row < HEIGHT; row++) {
      int start = (glyph * HEIGHT + row) * 2;
      int bits = Integer.parseInt(ROWS.substring(start, start + 2), 16);
      for (int column = 0; column < 5; column++) {
        if ((bits >> (4 - column) & 1) == 1) {
          graphics.fillRect(x + column * scale, y + row * scale, scale, scale);
        }
      }
    }
  }
}
