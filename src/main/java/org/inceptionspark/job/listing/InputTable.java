package org.inceptionspark.job.listing;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.job.failure.ConfigurationException;

/**
 * Tables with images in them: files or a table of the catalog, with a binary column, Hugging Face's
 * {@code struct<bytes, path>}, or the columns of Spark's {@code binaryFile}.
 */
public final class InputTable {
  private static final String OPTION = "input-table";
  private static final Set<String> BINARY_FILE =
      Set.of("path", "modificationTime", "length", "content");

  private InputTable() {}

  /**
   * @param name URI, or the name of a table
   * @param image column with the bytes; not needed if there is only one
   * @param path column with the names; by default the struct's path, or else the bytes' digest
   * @throws ConfigurationException if the table or column does not exist
   */
  public static ImageSource of(
      SparkSession spark, String name, Optional<String> image, Optional<String> path)
      throws IOException {
    Dataset<Row> table = TableFile.of(spark, name, OPTION).rows();
    String column = image.orElseGet(() -> only(table, name));
    DataType type = type(table, column, name, "--image-column");
    path.ifPresent(given -> type(table, given, name, "--path-column"));
    if (type.equals(DataTypes.BinaryType)) {
      boolean files = column.equals("content") && path.isEmpty() && isBinaryFile(table);
      return files
          ? TableOfImages.binaryFiles(table)
          : TableOfImages.of(table, quoted(column), path.map(InputTable::quoted));
    }
    if (type instanceof StructType struct && isImage(struct)) {
      boolean named = path.isEmpty() && Arrays.asList(struct.fieldNames()).contains("path");
      Optional<Column> names =
          named ? Optional.of(quoted(column).getField("path")) : path.map(InputTable::quoted);
      return TableOfImages.of(table, quoted(column).getField("bytes"), names);
    }
    throw new ConfigurationException(
        String.format(
            Locale.ROOT,
            "input-table %s: column %s is %s, needed are the bytes of image files: binary, or"
                + " struct<bytes, path>",
            name,
            column,
            type.simpleString()));
  }

  private static boolean isBinaryFile(Dataset<Row> table) {
    return Arrays.asList(table.columns()).containsAll(BINARY_FILE);
  }

  private static boolean isImage(StructType struct) {
    return Stream.of(struct.fields())
        .anyMatch(f -> f.name().equals("bytes") && f.dataType().equals(DataTypes.BinaryType));
  }

  private static String only(Dataset<Row> table, String name) {
    List<String> columns =
        Stream.of(table.schema().fields())
            .filter(
                field ->
                    field.dataType().equals(DataTypes.BinaryType)
                        || field.dataType() instanceof StructType struct && isImage(struct))
            .map(StructField::name)
            .toList();
    if (columns.size() == 1) {
      return columns.get(0);
    }
    throw new ConfigurationException(
        "input-table "
            + name
            + " has "
            + (columns.isEmpty()
                ? "no column of bytes, but " + String.join(", ", table.columns())
                : "several columns of bytes, " + String.join(", ", columns))
            + ": name the one with the images with --image-column");
  }

  private static DataType type(Dataset<Row> table, String column, String name, String option) {
    return Stream.of(table.schema().fields())
        .filter(field -> field.name().equalsIgnoreCase(column))
        .findFirst()
        .map(StructField::dataType)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    String.format(
                        Locale.ROOT,
                        "input-table %s has no column %s, but %s: see %s",
                        name,
                        column,
                        String.join(", ", table.columns()),
                        option)));
  }

  private static Column quoted(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }
}
