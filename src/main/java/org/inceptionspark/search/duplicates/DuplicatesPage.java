package org.inceptionspark.search.duplicates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.page.Block;
import org.inceptionspark.page.Card;
import org.inceptionspark.page.Cards;
import org.inceptionspark.page.Page;
import org.inceptionspark.page.Text;
import org.inceptionspark.search.scan.StoredImages;

/** Groups of similar images as a page, with the one to keep first in each. */
public final class DuplicatesPage {
  /** Most groups on a page, and most images of each, to bound its size. */
  private static final int GROUPS = 100;

  private static final int IMAGES = 12;

  private final StoredImages images;

  /**
   * @param hadoop for reading the images
   */
  public DuplicatesPage(Configuration hadoop) {
    images = new StoredImages(hadoop);
  }

  /**
   * The page as HTML. In place of an image that can no longer be read, it gives the reason.
   *
   * @param table name of the table for the page
   * @param keep from {@link KeepList}
   * @param groups number of groups
   */
  public String html(String table, double threshold, Dataset<Row> keep, int groups) {
    Map<Integer, List<Row>> shown = new LinkedHashMap<>();
    for (Row row : keep.where("group < " + GROUPS).collectAsList()) {
      shown.computeIfAbsent(row.getInt(0), absent -> new ArrayList<>()).add(row);
    }
    Page page =
        Page.titled(String.format(Locale.ROOT, "%,d groups of images that are alike", groups))
            .lead(
                String.format(
                    Locale.ROOT,
                    "Of %s, whose embeddings have a cosine similarity of %s and more, directly or"
                        + " over others.",
                    table,
                    threshold))
            .lead(
                "The first of each group is the one to keep: the longest side, then the largest"
                    + " file, then the oldest.");
    if (groups > GROUPS) {
      page = page.lead("Here are the " + GROUPS + " largest; --output has all.");
    }
    for (Map.Entry<Integer, List<Row>> group : shown.entrySet()) {
      page = page.section(heading(group.getValue()), cards(group.getValue()));
    }
    return page.html();
  }

  private static String heading(List<Row> group) {
    return String.format(
        Locale.ROOT,
        "%d: %,d images, similarity %.4f",
        group.get(0).getInt(0),
        group.size(),
        group.get(0).getDouble(1));
  }

  private List<Block> cards(List<Row> group) {
    List<Card> cards = new ArrayList<>();
    for (Row image : group.subList(0, Math.min(IMAGES, group.size()))) {
      cards.add(card(image));
    }
    String more =
        group.size() > IMAGES
            ? String.format(Locale.ROOT, "and %,d more", group.size() - IMAGES)
            : "";
    return more.isEmpty() ? List.of(new Cards(cards)) : List.of(new Cards(cards), new Text(more));
  }

  private Card card(Row image) {
    String path = image.getString(2);
    Card card = images.card(path);
    return card.titled((image.getBoolean(3) ? "keep: " : "") + card.title())
        .line(image.get(4) + " × " + image.get(5) + ", " + bytes(image))
        .at(path);
  }

  private static String bytes(Row image) {
    return image.isNullAt(6)
        ? "unknown size"
        : String.format(Locale.ROOT, "%,d bytes", image.getLong(6));
  }
}
