package org.inceptionspark.job.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.table.LabelTable;
import org.inceptionspark.labeler.EmbeddingPrecision;
import org.inceptionspark.labeler.LabelResult;
import org.inceptionspark.labeler.LabelerSpec;
import org.inceptionspark.labels.Label;
import org.inceptionspark.labels.TopK;
import org.inceptionspark.weights.model.OutputActivation;

/**
 * Makes the row of a new object from that of one with the same bytes. Labels are derived from the
 * logits again: the model's identity covers the numbers, but not names or how many labels are kept.
 */
final class ReusedRow implements MapFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final LabelTable table;
  private final TopK top;
  private final OutputActivation activation;
  private final EmbeddingPrecision precision;

  ReusedRow(LabelerSpec model) {
    this.table = new LabelTable(model.fingerprint(), model.endPoints());
    this.top = new TopK(model.top(), model.labels());
    this.activation = model.weights().traits().output();
    this.precision = model.precision();
  }

  /**
   * @param row the new object's columns of {@link SourceImage#VERSION}, and the known one's other
   *     columns
   */
  @Override
  public Row call(Row row) {
    float[] logits = floats(row, "logits");
    Map<String, float[]> kept = new HashMap<>();
    table.endPoints().forEach(name -> kept.put(name, floats(row, name)));
    return table.toRow(
        SourceImage.object(
            row.getAs(SourceImage.PATH),
            row.getAs(SourceImage.LENGTH),
            row.getAs(SourceImage.MODIFIED),
            row.getAs(SourceImage.ETAG)),
        new LabelResult(
            row.getAs("sha256"),
            row.getAs("format"),
            row.getAs("width"),
            row.getAs("height"),
            logits,
            precision.round(floats(row, "prelogits")),
            labels(logits),
            kept,
            null));
  }

  private List<Label> labels(float[] logits) {
    if (logits == null) {
      return List.of();
    }
    return switch (activation) {
      case SOFTMAX -> top.ofSoftmax(logits);
      case SIGMOID -> top.ofSigmoid(logits);
    };
  }

  private static float[] floats(Row row, String column) {
    if (row.isNullAt(row.fieldIndex(column))) {
      return null;
    }
    List<Float> values = new ArrayList<>(row.getList(row.fieldIndex(column)));
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }
}
