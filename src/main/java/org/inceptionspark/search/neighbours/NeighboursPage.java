package org.inceptionspark.search.neighbours;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.inceptionspark.labels.Label;
import org.inceptionspark.page.Card;
import org.inceptionspark.page.Cards;
import org.inceptionspark.page.Facts;
import org.inceptionspark.page.Page;
import org.inceptionspark.search.scan.StoredImages;

/** The results of a search as a page: the query, and its neighbours as thumbnails. */
public final class NeighboursPage {
  private static final int LABELS = 3;

  private final StoredImages images;

  /**
   * @param hadoop for reading the images
   */
  public NeighboursPage(Configuration hadoop) {
    images = new StoredImages(hadoop);
  }

  /**
   * The page as HTML. In place of an image that can no longer be read, it gives the reason.
   *
   * @param facts of the search, such as the table's URI
   */
  public String html(Query query, List<Neighbour> neighbours, Facts facts) {
    List<Card> cards = new ArrayList<>();
    for (Neighbour neighbour : neighbours) {
      cards.add(card(cards.size() + 1, neighbour));
    }
    return Page.titled("Images like " + name(query.name()))
        .lead(neighbours.size() + " nearest images, by the cosine similarity of their embeddings.")
        .section("Query", new Cards(List.of(images.card(query.name()).at(query.name()))))
        .section("Neighbours", new Cards(cards))
        .section("Search", facts)
        .html();
  }

  private Card card(int rank, Neighbour neighbour) {
    Card card =
        images
            .card(neighbour.path())
            .scored(
                String.format(Locale.ROOT, "%d. similarity %.4f", rank, neighbour.similarity()),
                neighbour.similarity());
    for (Label label : neighbour.top().stream().limit(LABELS).toList()) {
      card = card.line(String.format(Locale.ROOT, "%s %.4f", label.label(), label.probability()));
    }
    return card.line("labelled " + neighbour.runDate()).at(neighbour.path());
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
