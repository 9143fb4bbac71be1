package org.inceptionspark.learn;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.inceptionspark.image.ImageDecoder;
import org.inceptionspark.image.Orientation;
import org.inceptionspark.image.Thumbnail;
import org.inceptionspark.image.core.EncodedImage;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.storage.StoredObjects;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.page.Card;
import org.inceptionspark.page.Cards;
import org.inceptionspark.page.Page;
import org.inceptionspark.page.Scatter;
import org.inceptionspark.page.Text;

/** Clusters as a page: a map, and a contact sheet of each. */
public final class ClusterPage {
  /** Thumbnails per cluster on the map, and their longer side in its units. */
  private static final int ON_MAP = 2;

  private static final int MAP_SIDE = 56;

  private final ImageDecoder decoder =
      new ImageDecoder(Orientation.APPLY, LabelerSpec.DEFAULT_MAX_PIXELS);
  private final Configuration hadoop;

  /**
   * @param hadoop for reading the images
   */
  public ClusterPage(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /** The page as HTML. In place of an image that can no longer be read, it gives the reason. */
  public String html(String table, Cluster.Result clusters) {
    Page page =
        Page.titled(
                String.format(
                    Locale.ROOT,
                    "%d clusters of %,d images",
                    clusters.clusters().size(),
                    clusters.images()))
            .lead("Images of " + table + " that look alike, by k-means over their embeddings.")
            .section("Map", map(clusters, thumbnails(clusters)));
    for (Cluster.Group group : clusters.clusters()) {
      page =
          page.section(
              String.format(Locale.ROOT, "%d: %,d images", group.number(), group.size()),
              sheet(group));
    }
    return page.html();
  }

  /** Thumbnails of the images on the map that are nearest to each centre, if they can be read. */
  private Map<String, EncodedImage> thumbnails(Cluster.Result clusters) {
    Set<String> drawn =
        clusters.points().stream().map(Cluster.Point::path).collect(Collectors.toSet());
    Map<String, EncodedImage> thumbnails = new HashMap<>();
    for (Cluster.Group group : clusters.clusters()) {
      group.nearest().stream()
          .map(Cluster.Member::path)
          .filter(drawn::contains)
          .limit(ON_MAP)
          .forEach(
              path ->
                  picture(path, name(path), MAP_SIDE)
                      .picture()
                      .ifPresent(image -> thumbnails.put(path, image)));
    }
    return thumbnails;
  }

  private static Scatter map(Cluster.Result clusters, Map<String, EncodedImage> thumbnails) {
    return Scatter.of(
        String.format(
            Locale.ROOT,
            "%d images, each as the number of its cluster, in the plane of the first two principal"
                + " components: %.0f %% and %.0f %% of the variance",
            clusters.points().size(),
            100 * clusters.shares()[0],
            100 * clusters.shares()[1]),
        clusters.points().stream()
            .map(
                at ->
                    new Scatter.Point(
                        at.x(),
                        at.y(),
                        at.cluster(),
                        name(at.path()),
                        Optional.ofNullable(thumbnails.get(at.path()))))
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
                + (group.apart().isEmpty()
                    ? ""
                    : "More like " + String.join(", ", group.apart()) + " than the others. ")
                + "The images nearest to the centre:"),
        new Cards(cards));
  }

  private Card card(Cluster.Member member) {
    String name = name(member.path());
    String distance = String.format(Locale.ROOT, "distance %.3f", member.distance());
    return picture(member.path(), name, Thumbnail.CARD)
        .titled(name)
        .line(distance)
        .at(member.path());
  }

  private Card picture(String uri, String name, int side) {
    try {
      byte[] bytes = StoredObjects.read(uri, hadoop);
      return Card.of(Thumbnail.of(decoder.decode(bytes).pixels(), side), "the image " + name);
    } catch (ImageException | IOException | IllegalArgumentException e) {
      return Card.without("no picture: " + StorageFailure.describe(e));
    }
  }

  private static String name(String uri) {
    return uri.substring(uri.lastIndexOf('/') + 1);
  }
}
