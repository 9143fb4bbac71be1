package org.inceptionspark.search.duplicates;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.inceptionspark.embedding.EmbeddingBlock;
import org.inceptionspark.search.scan.EmbeddingScan;

/**
 * Some thousand files with their embeddings, to be compared with other such blocks.
 *
 * @param images one of each file
 * @param copied those that exist several times with the same bytes
 */
record ImageBlock(List<DuplicateGroup.Image> images, BitSet copied, EmbeddingBlock embeddings)
    implements Serializable {
  private static final int ROWS = 4096;
  private static final int SLICE = 64;

  /** Two images that are similar enough. */
  record Link(DuplicateGroup.Image one, DuplicateGroup.Image other, double similarity)
      implements Serializable {}

  /** A spanning forest of the links between images of this block and another. */
  Iterator<Link> linksTo(ImageBlock other, double threshold) {
    int rows = images.size();
    SpanningForest forest = new SpanningForest(rows + other.images.size());
    compare(
        other,
        (row, column) -> Math.max(threshold, forest.worthless(row, rows + column)),
        (row, column, similarity) -> forest.add(row, rows + column, similarity));
    return links(forest, Stream.concat(images.stream(), other.images.stream()).toList());
  }

  /** A spanning forest of the links within this block. */
  Iterator<Link> linksWithin(double threshold) {
    SpanningForest forest = new SpanningForest(images.size());
    compare(
        this,
        (row, column) ->
            row < column
                ? Math.max(threshold, forest.worthless(row, column))
                : Double.POSITIVE_INFINITY,
        forest::add);
    return links(forest, images);
  }

  /**
   * Images with copies, which are similar if their embedding is similar to itself, that is, has a
   * direction.
   */
  Iterator<DuplicateGroup.Image> copiesAlike(double threshold) {
    return copied.stream()
        .filter(row -> embeddings.similarity(row, embeddings, row) >= threshold)
        .mapToObj(images::get)
        .iterator();
  }

  private void compare(
      ImageBlock other, EmbeddingBlock.Threshold threshold, EmbeddingBlock.Visitor visitor) {
    for (int from = 0; from < images.size(); from += SLICE) {
      int first = from;
      embeddings
          .slice(first, Math.min(images.size(), first + SLICE))
          .compare(
              other.embeddings,
              (row, column) -> threshold.of(first + row, column),
              (row, column, similarity) -> visitor.accept(first + row, column, similarity));
    }
  }

  private static Iterator<Link> links(SpanningForest forest, List<DuplicateGroup.Image> images) {
    return forest.links().stream()
        .map(link -> new Link(images.get(link.one()), images.get(link.other()), link.similarity()))
        .iterator();
  }

  /** Makes blocks from a task's rows; {@code sha256} and {@code copied} follow the reference. */
  static final class Sink implements EmbeddingScan.Sink<ImageBlock> {
    private static final int SHA256 = 5;

    private static final int COPIED = 6;

    private final List<ImageBlock> blocks = new ArrayList<>();
    private List<DuplicateGroup.Image> images = new ArrayList<>();
    private float[] values = new float[0];
    private BitSet copied = new BitSet();
    private int size;

    @Override
    public void accept(InternalRow row, float[] embedding) {
      if (size == 0) {
        size = embedding.length;
      } else if (size != embedding.length) {
        throw new IllegalArgumentException(
            "embeddings of " + size + " and of " + embedding.length + " floats in one table");
      }
      int end = (images.size() + 1) * size;
      if (end > values.length) {
        values = Arrays.copyOf(values, Math.min(ROWS * size, 2 * end));
      }
      System.arraycopy(embedding, 0, values, end - size, size);
      copied.set(images.size(), row.getBoolean(COPIED));
      String sha256 = row.getUTF8String(SHA256).toString();
      images.add(new DuplicateGroup.Image(row.getUTF8String(2).toString(), sha256));
      if (images.size() == ROWS) {
        finish();
      }
    }

    private void finish() {
      float[] exact = Arrays.copyOf(values, images.size() * size);
      blocks.add(new ImageBlock(images, copied, EmbeddingBlock.of(images.size(), size, exact)));
      images = new ArrayList<>();
      copied = new BitSet();
    }

    @Override
    public Iterator<ImageBlock> results() {
      if (!images.isEmpty()) {
        finish();
      }
      return blocks.iterator();
    }
  }
}
