package org.inceptionspark.learn;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.labeler.Classifier;
import org.inceptionspark.learn.ConfusionMatrix.Cell;
import org.inceptionspark.weights.ClassifierHead;

/**
 * Compares a model's predictions with labels, like Slim's {@code eval_image_classifier}: accuracy,
 * and how often the right class is among the best five.
 */
public final class Evaluate {
  /** Slim counts the right class among this many, {@code Recall_5}. */
  public static final int BEST = 5;

  private static final StructType SCORE =
      new StructType()
          .add("actual", "string")
          .add("predicted", "string")
          .add("among_best", "boolean");

  private final ClassIndex classes;
  private final Optional<ClassifierHead> head;

  private Evaluate(ClassIndex classes, Optional<ClassifierHead> head) {
    this.classes = classes;
    this.head = head;
  }

  /**
   * The figures.
   *
   * @param amongBest number of images whose class is one of the best five
   */
  public record Result(ConfusionMatrix confusion, long amongBest) {
    /** The share of images whose class is one of the best five. */
    public double recallAt5() {
      return (double) amongBest / confusion.images();
    }
  }

  /** Evaluates the logits of the table, with all names of the model. */
  public static Evaluate named(List<String> names) {
    return new Evaluate(ClassIndex.of(names), Optional.empty());
  }

  /** Evaluates the logits of the table, with the names in the table. */
  public static Evaluate namedAsIn(Dataset<Row> table) {
    return new Evaluate(ClassIndex.seenIn(table), Optional.empty());
  }

  /** Evaluates the logits that a head gives for the table's prelogits. */
  public static Evaluate head(ClassifierHead head) {
    return new Evaluate(ClassIndex.of(head.names()), Optional.of(head));
  }

  /**
   * Counts.
   *
   * @param rows with columns label and logits, or prelogits for a head
   * @throws org.inceptionspark.job.failure.ConfigurationException if a label is not a class of the
   *     model
   */
  public Result execute(Dataset<Row> rows) {
    String input = head.isPresent() ? "prelogits" : "logits";
    classes.require(
        rows.select("label").distinct().collectAsList().stream()
            .map(row -> row.getString(0))
            .toList());
    List<Row> counts =
        rows.select("label", input)
            .mapPartitions(new Scores(classes, head), Encoders.row(SCORE))
            .groupBy("actual", "predicted", "among_best")
            .count()
            .collectAsList();
    Map<List<String>, Long> cells = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
    long amongBest = 0;
    for (Row row : counts) {
      cells.merge(List.of(row.getString(0), row.getString(1)), row.getLong(3), Long::sum);
      amongBest += row.getBoolean(2) ? row.getLong(3) : 0;
    }
    List<Cell> sorted = new ArrayList<>();
    cells.forEach((pair, count) -> sorted.add(new Cell(pair.get(0), pair.get(1), count)));
    return new Result(new ConfusionMatrix(sorted), amongBest);
  }

  /** A score for each row of a partition. */
  private static final class Scores implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final ClassIndex classes;
    private final ClassifierHead head;

    Scores(ClassIndex classes, Optional<ClassifierHead> head) {
      this.classes = classes;
      this.head = head.orElse(null);
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
      Classifier.Stream stream = head == null ? null : Classifier.of(head).stream();
      List<Row> scores = new ArrayList<>();
      while (rows.hasNext()) {
        Row row = rows.next();
        float[] values = floats(row.getList(1));
        scores.add(score(row.getString(0), stream == null ? values : stream.logits(values)));
      }
      return scores.iterator();
    }

    private Row score(String actual, float[] logits) {
      int wanted = classes.numbers().get(actual);
      int best = 0;
      int before = 0;
      for (int i = 0; i < logits.length; i++) {
        best = logits[i] > logits[best] ? i : best;
        boolean ahead = logits[i] > logits[wanted] || logits[i] == logits[wanted] && i < wanted;
        before += ahead ? 1 : 0;
      }
      // The name as the user writes it, where two classes share one.
      String predicted = best == wanted ? actual : classes.name(best);
      return RowFactory.create(actual, predicted, before < BEST);
    }

    private static float[] floats(List<Float> values) {
      float[] array = new float[values.size()];
      for (int i = 0; i < array.length; i++) {
        array[i] = values.get(i);
      }
      return array;
    }
  }
}
