package org.inceptionspark.job.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.table.LabelTable;

/** The columns of a labels table in a catalog, with comments. */
final class TableColumns {
  private static final Map<String, String> COMMENTS =
      Map.ofEntries(
          Map.entry("path", "URI of the image"),
          Map.entry("length", "bytes of the object"),
          Map.entry("modified", "time of the object"),
          Map.entry("etag", "of the object, where storage has etags"),
          Map.entry("sha256", "of the bytes that were read, hexadecimal"),
          Map.entry("format", "of the file, such as JPEG"),
          Map.entry("width", "pixels, as the picture stands upright"),
          Map.entry("height", "pixels, as the picture stands upright"),
          Map.entry("logits", "one a class, before softmax or sigmoid"),
          Map.entry("prelogits", "the embedding: what the last layer sees"),
          Map.entry("top", "the best labels, best first"),
          Map.entry("error", "why there are no labels; null if there are"),
          Map.entry("model", "fingerprint of the model"),
          Map.entry(LabelTable.RUN_DATE, "the night"));

  private TableColumns() {}

  /** Creates the table, unless another run just has. */
  static void create(SparkSession spark, CatalogName table, LabelTable columns) {
    TableFormat format = TableFormat.madeBy(spark, table);
    Optional<String> path = table.path();
    if (path.isPresent()) {
      createAt(spark, path.get(), format, columns);
    } else {
      spark.sql(create(table, format, columns));
    }
  }

  /**
   * For {@code CREATE TABLE}, a log without a commit counts as a table, which then cannot be read.
   */
  private static void createAt(
      SparkSession spark, String path, TableFormat format, LabelTable columns) {
    StructType described = new StructType();
    for (StructField column : columns.schema().fields()) {
      described =
          described.add(column.name(), column.dataType().asNullable(), true, comment(column));
    }
    spark
        .createDataFrame(List.of(), described)
        .write()
        .format(name(format))
        .mode(SaveMode.Append)
        .partitionBy(LabelTable.RUN_DATE)
        .options(format.properties())
        .save(path);
  }

  private static String create(CatalogName table, TableFormat format, LabelTable columns) {
    String properties =
        format.properties().entrySet().stream()
            .map(property -> "'" + property.getKey() + "'='" + property.getValue() + "'")
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "CREATE TABLE IF NOT EXISTS %s (%s) USING %s PARTITIONED BY (%s)"
            + " COMMENT 'One row per image, whatever happened to it' TBLPROPERTIES (%s)",
        table.sql(),
        Arrays.stream(columns.schema().fields())
            .map(TableColumns::sql)
            .collect(Collectors.joining(", ")),
        name(format),
        LabelTable.RUN_DATE,
        properties);
  }

  private static String name(TableFormat format) {
    return format.name().toLowerCase(Locale.ROOT);
  }

  private static String sql(StructField column) {
    return "`"
        + column.name().replace("`", "``")
        + "` "
        + column.dataType().asNullable().sql()
        + " COMMENT '"
        + comment(column).replace("'", "")
        + "'";
  }

  private static String comment(StructField column) {
    return COMMENTS.getOrDefault(column.name(), "end point " + column.name() + ", flattened NHWC");
  }

  /**
   * Adds columns for end points that the table has not had so far.
   *
   * @throws ConfigurationException if a column has another type
   */
  static void addMissing(SparkSession spark, String name, CatalogName table, LabelTable columns) {
    StructType present = spark.table(table.sql()).schema();
    String missing =
        Arrays.stream(columns.schema().fields())
            .filter(column -> find(present, column.name()).isEmpty())
            .map(TableColumns::sql)
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      spark.sql("ALTER TABLE " + table.sql() + " ADD COLUMNS (" + missing + ")");
      table.refresh(spark);
    }
    requireTypes(name, present, columns.schema());
  }

  /**
   * @throws ConfigurationException if a table lacks what all labels tables have
   */
  static void requireFixed(String name, StructType present) {
    StructType fixed = new LabelTable("", List.of()).schema();
    for (StructField column : fixed.fields()) {
      if (find(present, column.name()).isEmpty()) {
        throw new ConfigurationException(
            "output " + name + " is not a labels table: it has no column " + column.name());
      }
    }
    requireTypes(name, present, fixed);
  }

  private static void requireTypes(String name, StructType present, StructType needed) {
    for (StructField column : needed.fields()) {
      Optional<DataType> found = find(present, column.name()).map(StructField::dataType);
      DataType wanted = column.dataType().asNullable();
      if (found.isPresent() && !found.get().asNullable().equals(wanted)) {
        throw new ConfigurationException(
            String.format(
                Locale.ROOT,
                "table %s: column %s is %s, needed %s",
                name,
                column.name(),
                found.get().simpleString(),
                wanted.simpleString()));
      }
    }
  }

  private static Optional<StructField> find(StructType columns, String name) {
    return Arrays.stream(columns.fields())
        .filter(column -> column.name().equalsIgnoreCase(name))
        .findFirst();
  }
}
