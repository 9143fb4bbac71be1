package org.inceptionspark.search.index;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.inceptionspark.embedding.UnitVector;
import org.inceptionspark.search.scan.EmbeddingScan;
import org.inceptionspark.search.scan.RowReference;

/** Assigns rows to cells and quantises their embeddings, some rows at a time. */
final class EncodeSink implements EmbeddingScan.Sink<Row> {
  private static final int BLOCK = 32;

  private final Centroids cells;
  private final float[] block;
  private final List<RowReference> waiting = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  EncodeSink(Centroids cells) {
    this.cells = cells;
    this.block = new float[BLOCK * cells.size()];
  }

  @Override
  public void accept(InternalRow row, float[] values) {
    if (values.length != cells.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the index is of %d floats and row %s has %d",
              cells.size(),
              row.getUTF8String(2),
              values.length));
    }
    float[] unit = UnitVector.of(values);
    if (unit == null) {
      return; // near nothing, so never found
    }
    System.arraycopy(unit, 0, block, waiting.size() * unit.length, unit.length);
    waiting.add(RowReference.of(row));
    if (waiting.size() == BLOCK) {
      encode();
    }
  }

  private void encode() {
    int[] nearest = cells.nearest(block, waiting.size());
    for (int i = 0; i < nearest.length; i++) {
      float[] unit = java.util.Arrays.copyOfRange(block, i * cells.size(), (i + 1) * cells.size());
      rows.add(IndexRow.create(waiting.get(i), nearest[i], QuantisedVector.of(unit)));
    }
    waiting.clear();
  }

  @Override
  public Iterator<Row> results() {
    encode();
    return rows.iterator();
  }
}
