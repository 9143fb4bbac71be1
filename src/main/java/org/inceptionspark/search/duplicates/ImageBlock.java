package org.inceptionspark.search.duplicates;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.inceptionspark.search.scan.EmbeddingScan;
import org.inceptionspark.search.scan.ReplacedRows;
import org.inceptionspark.search.vector.EmbeddingBlock;

/** Some thousand rows of a table with their embeddings, to be compared with other such blocks. */
record ImageBlock(List<DuplicateGroup.Image> images, EmbeddingBlock embeddings)
    implements Serializable {
  private static final int ROWS = 4096;
  private static final int SLICE = 64;

  /** Two images that are similar enough. */
  record Link(DuplicateGroup.Image one, DuplicateGroup.Image other, double similarity)
      implements Serializable {}

  /** The links that hold together the images of this block and another that hang together. */
  Iterator<Link> linksTo(ImageBlock other, double threshold) {
    int rows = images.size();
    SpanningForest forest = new SpanningForest(rows + other.images.size());
    compare(
        other, threshold, (row, column, similarity) -> forest.add(row, rows + column, similarity));
    return links(forest, Stream.concat(images.stream(), other.images.stream()).toList());
  }

  /** The links that hold together the images of this block that hang together. */
  Iterator<Link> linksWithin(double threshold) {
    SpanningForest forest = new SpanningForest(images.size());
    compare(
        this,
        threshold,
        (row, column, similarity) -> {
          if (row < column) {
            forest.add(row, column, similarity);
          }
        });
    return links(forest, images);
  }

  private void compare(ImageBlock other, double threshold, EmbeddingBlock.Visitor visitor) {
    for (int from = 0; from < images.size(); from += SLICE) {
      int first = from;
      embeddings
          .slice(first, Math.min(images.size(), first + SLICE))
          .compare(
              other.embeddings,
              column -> threshold,
              (row, column, similarity) -> visitor.accept(first + row, column, similarity));
    }
  }

  private static Iterator<Link> links(SpanningForest forest, List<DuplicateGroup.Image> images) {
    return forest.links().stream()
        .map(link -> new Link(images.get(link.one()), images.get(link.other()), link.similarity()))
        .iterator();
  }

  /** Makes blocks of the current rows of a task; {@code sha256} follows the row's reference. */
  static final class Sink implements EmbeddingScan.Sink<ImageBlock> {
    private static final int SHA256 = 5;

    private final ReplacedRows replaced;
    private final List<ImageBlock> blocks = new ArrayList<>();
    private List<DuplicateGroup.Image> images = new ArrayList<>();
    private float[] values = new float[0];
    private int size;

    Sink(ReplacedRows replaced) {
      this.replaced = replaced;
    }

    @Override
    public void accept(InternalRow row, float[] embedding) {
      if (!replaced.isCurrent(row)) {
        return;
      }
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
      String sha256 = row.isNullAt(SHA256) ? "" : row.getUTF8String(SHA256).toString();
      images.add(new DuplicateGroup.Image(row.getUTF8String(2).toString(), sha256));
      if (images.size() == ROWS) {
        finish();
      }
    }

    private void finish() {
      float[] exact = Arrays.copyOf(values, images.size() * size);
      blocks.add(new ImageBlock(images, EmbeddingBlock.of(images.size(), size, exact)));
      images = new ArrayList<>();
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
