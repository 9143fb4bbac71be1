package org.inceptionspark.search.duplicates;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.inceptionspark.job.transfer.JavaBytes;

/**
 * Reduces links between images to a spanning forest, in tasks: each reduces its own links, some
 * results are combined in one task, and so on. A link that is redundant among some of the links is
 * redundant among all.
 */
final class LinkForest {
  private static final int TOGETHER = 16;

  private LinkForest() {}

  /** The forest, with fewer links than images, in one partition, in Java's serialised form. */
  static JavaRDD<byte[]> of(JavaRDD<ImageBlock.Link> links) {
    JavaRDD<byte[]> needed = links.mapPartitions(LinkForest::needed);
    for (int parts = links.getNumPartitions(); parts > 1; ) {
      parts = (parts + TOGETHER - 1) / TOGETHER;
      needed =
          needed
              .coalesce(parts, true)
              .map(bytes -> JavaBytes.<ImageBlock.Link>value(bytes))
              .mapPartitions(LinkForest::needed);
    }
    return needed;
  }

  private static Iterator<byte[]> needed(Iterator<ImageBlock.Link> links) {
    Map<DuplicateGroup.Image, Integer> numbers = new HashMap<>();
    List<DuplicateGroup.Image> images = new ArrayList<>();
    List<ImageBlock.Link> all = new ArrayList<>();
    links.forEachRemaining(
        link -> {
          number(link.one(), numbers, images);
          number(link.other(), numbers, images);
          all.add(link);
        });
    SpanningForest forest = new SpanningForest(images.size());
    all.forEach(
        link -> forest.add(numbers.get(link.one()), numbers.get(link.other()), link.similarity()));
    return forest.links().stream()
        .map(
            link ->
                JavaBytes.of(
                    new ImageBlock.Link(
                        images.get(link.one()), images.get(link.other()), link.similarity())))
        .iterator();
  }

  private static void number(
      DuplicateGroup.Image image,
      Map<DuplicateGroup.Image, Integer> numbers,
      List<DuplicateGroup.Image> images) {
    if (numbers.putIfAbsent(image, images.size()) == null) {
      images.add(image);
    }
  }
}
