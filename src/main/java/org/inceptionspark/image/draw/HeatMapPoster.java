package org.inceptionspark.image.draw;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.inceptionspark.image.Thumbnail;
import org.inceptionspark.image.core.EncodedImage;
import org.inceptionspark.image.core.RasterRgb;
import org.inceptionspark.image.core.RgbImage;

/**
 * A picture under its heat map, with words above and the scale below.
 *
 * @param title in bold
 * @param lines under the title
 * @param scale what the values are
 */
public record HeatMapPoster(String title, List<String> lines, String scale) {
  private static final int LONGEST = 960;
  private static final int LEAST_WIDTH = 420;
  private static final int MARGIN = 16;
  private static final int LINE = 22;
  private static final int BAR = 14;
  private static final Color INK = new Color(0x1b1f24);
  private static final Color QUIET = new Color(0x57606a);

  /**
   * Pictures are not enlarged, and drawn with at most 960 pixels a side.
   *
   * @throws IllegalStateException if this JVM cannot write text
   */
  public EncodedImage draw(RgbImage picture, HeatMap map) {
    RgbImage small = Thumbnail.fitted(picture, LONGEST);
    HeatMap onSmall = map.scaled((double) small.width() / picture.width());
    BufferedImage heat = EncodedImage.buffered(onSmall.over(small));
    int width = Math.max(LEAST_WIDTH, small.width()) + 2 * MARGIN;
    int top = MARGIN + LINE * (1 + lines.size()) + MARGIN / 2;
    int bottom = top + small.height() + MARGIN;
    BufferedImage poster =
        new BufferedImage(width, bottom + BAR + 2 * LINE + MARGIN, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = graphics(poster);
    try {
      words(graphics, width - 2 * MARGIN);
      graphics.drawImage(heat, MARGIN, top, null);
      legend(graphics, map, bottom, width - 2 * MARGIN);
    } catch (InternalError | UnsatisfiedLinkError | NoClassDefFoundError e) {
      throw new IllegalStateException(
          "this JVM finds no fonts to write with; on Debian: apt-get install fontconfig"
              + " fonts-dejavu-core",
          e);
    } finally {
      graphics.dispose();
    }
    return EncodedImage.png(RasterRgb.of(poster));
  }

  private static Graphics2D graphics(BufferedImage poster) {
    Graphics2D graphics = poster.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, poster.getWidth(), poster.getHeight());
    return graphics;
  }

  private void words(Graphics2D graphics, int width) {
    int baseline = MARGIN + LINE - 6;
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 17));
    graphics.setColor(INK);
    graphics.drawString(fitted(title, graphics.getFontMetrics(), width), MARGIN, baseline);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    graphics.setColor(QUIET);
    for (String line : lines) {
      baseline += LINE;
      graphics.drawString(fitted(line, graphics.getFontMetrics(), width), MARGIN, baseline);
    }
  }

  private void legend(Graphics2D graphics, HeatMap map, int top, int width) {
    for (int x = 0; x < width; x++) {
      graphics.setColor(new Color(Viridis.colour((x + 0.5) / width)));
      graphics.fillRect(MARGIN + x, top, 1, BAR);
    }
    graphics.setColor(INK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    FontMetrics metrics = graphics.getFontMetrics();
    double range = map.most() - map.least();
    int baseline = top + BAR + LINE - 5;
    String most = number(map.most());
    graphics.drawString(number(map.least()), MARGIN, baseline);
    graphics.drawString(most, MARGIN + width - metrics.stringWidth(most), baseline);
    if (range > 0 && map.most() > 0) {
      double half = (map.most() / 2 - map.least()) / range * width;
      graphics.setColor(Color.WHITE);
      graphics.fillRect(MARGIN + (int) half, top, 2, BAR);
      String words = number(map.most() / 2);
      int left = MARGIN + (int) half - metrics.stringWidth(words) / 2;
      graphics.setColor(INK);
      int gap = metrics.charWidth('0');
      int first = MARGIN + metrics.stringWidth(number(map.least())) + gap;
      int last = MARGIN + width - metrics.stringWidth(most) - metrics.stringWidth(words) - gap;
      graphics.drawString(words, Math.max(first, Math.min(last, left)), baseline);
    }
    graphics.setColor(QUIET);
    graphics.drawString(fitted(scale, metrics, width), MARGIN, baseline + LINE - 2);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value == 0 ? 0.0 : value);
  }

  private static String fitted(String words, FontMetrics metrics, int width) {
    String text = words;
    while (metrics.stringWidth(text) > width && text.length() > 1) {
      text = text.substring(0, text.length() - 2).stripTrailing() + "\u2026";
    }
    return text;
  }
}
