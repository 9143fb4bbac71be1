package org.inceptionspark.job.listing;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.StorageFailure;
import org.inceptionspark.job.storage.HiddenNames;
import org.inceptionspark.job.storage.LiteralPaths;
import org.inceptionspark.job.storage.S3Names;
import org.inceptionspark.job.storage.TableLayout;

/**
 * A table that a user names: files of any of Spark's formats, recognised by their content, or a
 * table of the catalog.
 *
 * @param rows all of it; text has the one column {@code value}
 * @param lines of CSV files, the first one of each file too; none for other formats
 * @param directory that contains it, without a slash at the end; none for a table of the catalog
 */
record TableFile(Dataset<Row> rows, Optional<Dataset<Row>> lines, Optional<String> directory) {
  private static final String CATALOG = "table:";
  private static final int HEAD = 4096;
  private static final StructType LINE = new StructType().add("value", DataTypes.StringType);

  /**
   * @param name URI of a file or directory, or the name of a table, with or without {@code table:}
   * @param option for messages, such as {@code input-list}
   * @throws ConfigurationException if it does not exist
   */
  static TableFile of(SparkSession spark, String name, String option) throws IOException {
    if (name.startsWith(CATALOG)) {
      return catalog(spark, name.substring(CATALOG.length()), option);
    }
    Configuration hadoop = spark.sessionState().newHadoopConf();
    try {
      Path path = new Path(S3Names.s3a(name, hadoop));
      FileSystem fileSystem = path.getFileSystem(hadoop);
      FileStatus status = fileSystem.getFileStatus(path);
      Path full = status.getPath();
      String directory = (status.isDirectory() ? full : full.getParent()).toString();
      return read(spark, fileSystem, status, option).in(directory);
    } catch (FileNotFoundException e) {
      if (name.contains("/")) {
        throw new ConfigurationException(option + " " + name + " does not exist", e);
      }
      return catalog(spark, name, option);
    } catch (IOException e) {
      throw StorageFailure.about(option + " " + name, e);
    }
  }

  private static TableFile catalog(SparkSession spark, String name, String option) {
    try {
      return of(spark.table(name));
    } catch (Exception e) { // AnalysisException is checked, and Scala does not declare it
      throw new ConfigurationException(
          option + " " + name + " is neither a file nor a table: " + StorageFailure.describe(e), e);
    }
  }

  private static TableFile of(Dataset<Row> rows) {
    return new TableFile(rows, Optional.empty(), Optional.empty());
  }

  private TableFile in(String directory) {
    return new TableFile(rows, lines, Optional.of(directory));
  }

  private static TableFile read(
      SparkSession spark, FileSystem fileSystem, FileStatus status, String option)
      throws IOException {
    Path path = status.getPath();
    Optional<TableLayout> layout =
        status.isDirectory() ? TableLayout.of(fileSystem, path) : Optional.empty();
    if (layout.isPresent()) {
      return load(spark, layout.get(), path, option);
    }
    requireNoPart(fileSystem, path, option);
    FileStatus file = status.isFile() ? status : first(fileSystem, path, option);
    return load(spark, format(fileSystem, file), path, option);
  }

  private static TableFile load(SparkSession spark, TableLayout layout, Path path, String option) {
    try {
      return of(spark.read().format(layout.format()).load(path.toString()));
    } catch (Exception e) { // AnalysisException is checked, and Scala does not declare it
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s %s is %s that Spark cannot read by its path (%s): name it as its catalog does,"
                  + " see docs/tables.md for what the session needs",
              option,
              path,
              layout,
              StorageFailure.describe(e)),
          e);
    }
  }

  /** A part of such a table may hold rows that were replaced or deleted. */
  private static void requireNoPart(FileSystem fileSystem, Path path, String option)
      throws IOException {
    Optional<TableLayout.Enclosing> around = TableLayout.around(fileSystem, path);
    if (around.isPresent()) {
      throw new ConfigurationException(
          String.format(
              Locale.ROOT,
              "%s %s is a part of %s: name the table, %s",
              option,
              path,
              around.get().layout(),
              around.get().table()));
    }
  }

  private static TableFile load(SparkSession spark, String format, Path path, String option) {
    try {
      Dataset<Row> rows =
          reader(spark, format, path).option("header", true).load(LiteralPaths.of(path.toString()));
      return format.equals("csv")
          ? new TableFile(
              rows,
              Optional.of(
                  reader(spark, format, path).schema(LINE).load(LiteralPaths.of(path.toString()))),
              Optional.empty())
          : of(rows);
    } catch (Exception e) { // as above
      throw new ConfigurationException(option + " " + path + ": " + StorageFailure.describe(e), e);
    }
  }

  private static DataFrameReader reader(SparkSession spark, String format, Path path) {
    return spark
        .read()
        .format(format.equals("array") ? "json" : format)
        .option("multiLine", format.equals("array"))
        .option("escape", "\"")
        .option("sep", path.getName().contains(".tsv") ? "\t" : ",");
  }

  private static FileStatus first(FileSystem fileSystem, Path directory, String option)
      throws IOException {
    RemoteIterator<LocatedFileStatus> files = fileSystem.listFiles(directory, true);
    while (files.hasNext()) {
      FileStatus file = files.next();
      if (!HiddenNames.isHiddenBelow(directory, file.getPath()) && file.getLen() > 0) {
        return file;
      }
    }
    throw new ConfigurationException(option + " " + directory + " is an empty directory");
  }

  private static String format(FileSystem fileSystem, FileStatus file) throws IOException {
    byte[] bytes;
    try (var in = fileSystem.open(file.getPath())) {
      bytes = in.readNBytes(HEAD);
    }
    String head = new String(bytes, StandardCharsets.ISO_8859_1);
    String name = file.getPath().getName().toLowerCase(Locale.ROOT);
    if (head.startsWith("PAR1")) {
      return "parquet";
    }
    if (head.startsWith("ORC")) {
      return "orc";
    }
    if (head.startsWith("Obj\1")) {
      return "avro";
    }
    String text = head.replaceFirst("^\u00ef\u00bb\u00bf", "").strip();
    if (text.startsWith("[")) {
      return "array";
    }
    if (text.startsWith("{") || name.matches(".*\\.(json|jsonl|ndjson|manifest)(\\.gz)?")) {
      return "json";
    }
    return name.matches(".*\\.[ct]sv(\\.\\w+)?") ? "csv" : "text";
  }
}
