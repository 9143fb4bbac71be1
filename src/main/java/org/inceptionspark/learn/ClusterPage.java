package org.inceptionspark.learn;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.inceptionspark.image.ImageDecoder;
import org.inceptionspark.image.Orientation;
import org.inceptionspark.image.Thumbnail;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.storage.StoredObjects;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.page.Card;
import org.inceptionspark.page.Cards;
import org.inceptionspark.page.Page;
import org.inceptionspark.page.Scatter;
import org.inceptionspark.page.Text;

/** Clusters as a page to look at: a map, and a contact sheet of each. */
public final class ClusterPage {
  private final ImageDecoder decoder =
      new ImageDecoder(Orientation.APPLY, LabelerSpec.DEFAULT_MAX_PIXELS);
  private final Configuration hadoop;

  /**
   * @param hadoop for reading the images where they lie
   */
  public ClusterPage(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /** The page as HTML. An image that cannot be read any more has the reason in its place. */
  public String html(String table, Cluster.Result clusters) {
    Page page =
        Page.titled(
                String.format(
                    Locale.ROOT,
                    "%d clusters of %,d images",
                    clusters.clusters().size(),
                    clusters.images()))
            .lead("Images of " + table + " that look alike, by k-means over their embeddings.")
            .section("Map", map(clusters));
    for (Cluster.Group group : clusters.clusters()) {
      page =
          page.section(
              String.format(Locale.ROOT, "%d: %,d images", group.number(), group.size()),
              sheet(group));
    }
    return page.html();
  }

  private static Scatter map(Cluster.Result clusters) {
    return Scatter.of(
        String.format(
            Locale.ROOT,
            "%d images, each as the number of its cluster, in the plane of the first two principal"
                + " components: %.0f %% and %.0f %% of the variance",
            clusters.points().size(),
            100 * clusters.shares()[0],
            100 * clusters.shares()[1]),
        clusters.points().stream()
            .map(at -> new Scatter.Point(at.x(), at.y(), at.cluster(), name(at.path())))
            .toList());
  }

  private List<org.inceptionspark.page.Block> sheet(Cluster.Group group) {
    String labels =
        group.labels().stream()
            .map(label -> String.format(Locale.ROOT, "%s (%,d)", label.label(), label.images()))
            .collect(Collectors.joining(", "));
    List<Card> cards = new ArrayList<>();
    for (Cluster.Member member : group.nearest()) {
      cards.add(card(member));
    }
    return List.of(
        new Text(
            (labels.isEmpty() ? "" : "Most frequent labels: " + labels + ". ")
                + "The images nearest to the centre:"),
        new Cards(cards));
  }

  private Card card(Cluster.Member member) {
    String name = name(member.path());
    String distance = String.format(Locale.ROOT, "distance %.3f", member.distance());
    return picture(member.path(), name).titled(name).line(distance).line(member.path());
  }

  private Card picture(String uri, String name) {
    try {
      byte[] bytes = StoredObjects.read(uri, hadoop);
      return Card.of(
          Thumbnail.of(decoder.decode(bytes).pixels(), Thumbnail.CARD), "the image " + name);
    } catch (ImageException | IOException | IllegalArgumentException e) {
      return Card.without("no picture: " + StorageFailure.describe(e));
    }
  }

  private static String name(String uri) {
    return uri.substring(uri.lastIndexOf('/') + 1);
  }
}
