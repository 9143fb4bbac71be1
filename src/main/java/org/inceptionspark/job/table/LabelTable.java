package org.inceptionspark.job.table;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.job.storage.HiddenNames;
import org.inceptionspark.job.storage.Location;
import org.inceptionspark.labeler.ImageError;
import org.inceptionspark.labeler.LabelResult;
import org.inceptionspark.labels.Label;

/**
 * The labels table: one row per image, whatever happened to it. Requested end points follow the
 * fixed columns as {@code array<float>}, flattened NHWC, under their own names; the partition
 * column {@code run_date} comes last.
 */
public final class LabelTable implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The partition column. */
  public static final String RUN_DATE = "run_date";

  /** The type of logits, prelogits and other end points. */
  public static final ArrayType FLOATS = DataTypes.createArrayType(DataTypes.FloatType, false);

  private static final StructType LABEL =
      new StructType(
          new StructField[] {
            required("index", DataTypes.IntegerType),
            required("label", DataTypes.StringType),
            required("probability", DataTypes.FloatType)
          });

  /** The type of the column {@code top}. */
  public static final ArrayType LABELS = DataTypes.createArrayType(LABEL, false);

  /** The type of the column {@code error}. */
  public static final StructType ERROR =
      new StructType(
          new StructField[] {
            required("kind", DataTypes.StringType), required("message", DataTypes.StringType)
          });

  private static final List<StructField> FIXED =
      List.of(
          required("path", DataTypes.StringType),
          required("length", DataTypes.LongType),
          required("modified", DataTypes.TimestampType),
          optional("etag", DataTypes.StringType),
          optional("sha256", DataTypes.StringType),
          optional("format", DataTypes.StringType),
          optional("width", DataTypes.IntegerType),
          optional("height", DataTypes.IntegerType),
          optional("logits", FLOATS),
          optional("prelogits", FLOATS),
          optional("top", LABELS),
          optional("error", ERROR),
          required("model", DataTypes.StringType));

  private final String model;
  private final List<String> endPoints;

  /**
   * @param model the fingerprint that goes into every row
   * @param endPoints further end points; those with a fixed column get no second one
   */
  public LabelTable(String model, List<String> endPoints) {
    Set<String> fixed = FIXED.stream().map(StructField::name).collect(Collectors.toSet());
    this.model = model;
    this.endPoints =
        List.copyOf(
            endPoints.stream()
                .filter(name -> !fixed.contains(name.toLowerCase(Locale.ROOT)))
                .distinct()
                .toList());
  }

  /** The table with these columns; all but the fixed ones are end points. */
  public static LabelTable ofColumns(List<String> columns) {
    return new LabelTable(null, columns.stream().filter(name -> !name.equals(RUN_DATE)).toList());
  }

  /**
   * Searches the table's directory up to the first file with rows.
   *
   * @param uri of a table, or of a part of one
   * @throws ConfigurationException if there are no rows
   * @throws IOException if storage fails
   */
  public static void requireRows(String uri, Configuration hadoop) throws IOException {
    Path path = new Path(uri);
    FileSystem fileSystem = Location.of(path, hadoop).fileSystem();
    FileStatus root;
    try {
      root = fileSystem.getFileStatus(path);
    } catch (FileNotFoundException e) {
      throw new ConfigurationException("table " + uri + " does not exist", e);
    }
    if (root.isFile() || hasRows(fileSystem, root.getPath())) {
      return;
    }
    throw new ConfigurationException("table " + uri + " has no rows yet: no run has added any");
  }

  private static boolean hasRows(FileSystem fileSystem, Path directory) throws IOException {
    RemoteIterator<LocatedFileStatus> files = fileSystem.listFiles(directory, true);
    while (files.hasNext()) {
      if (!HiddenNames.isHiddenBelow(directory, files.next().getPath())) {
        return true;
      }
    }
    return false;
  }

  private static StructField required(String name, DataType type) {
    return new StructField(name, type, false, Metadata.empty());
  }

  private static StructField optional(String name, DataType type) {
    return new StructField(name, type, true, Metadata.empty());
  }

  /** The fingerprint in every row. */
  public String model() {
    return model;
  }

  /** The further end points, each with a column of its own. */
  public List<String> endPoints() {
    return endPoints;
  }

  /** The columns of the files. */
  public StructType fileSchema() {
    return new StructType(
        Stream.concat(FIXED.stream(), endPoints.stream().map(name -> optional(name, FLOATS)))
            .toArray(StructField[]::new));
  }

  /** The columns of the table: those of the files, and the partition. */
  public StructType schema() {
    return fileSchema().add(required(RUN_DATE, DataTypes.DateType));
  }

  public Row toRow(SourceImage source, LabelResult result) {
    List<Object> values =
        new ArrayList<>(List.of(source.path(), source.length(), source.modified()));
    values.add(source.etag());
    values.add(result.sha256());
    values.add(result.format());
    values.add(result.width());
    values.add(result.height());
    values.add(result.logits());
    values.add(result.prelogits());
    values.add(result.top() == null ? null : result.top().stream().map(LabelTable::row).toArray());
    values.add(row(result.error()));
    values.add(model);
    endPoints.forEach(name -> values.add(result.endPoints().get(name)));
    return RowFactory.create(values.toArray());
  }

  private static Row row(Label label) {
    return RowFactory.create(label.index(), label.label(), label.probability());
  }

  private static Row row(ImageError error) {
    return error == null ? null : RowFactory.create(error.kind(), error.message());
  }
}
