package org.inceptionspark.cli.commands;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.inceptionspark.cli.options.Names;
import org.inceptionspark.cli.output.CommandSession;
import org.inceptionspark.cli.output.Tables;
import org.inceptionspark.cli.output.TaskProgress;
import org.inceptionspark.job.JobDefaults;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sql}: statements on a labels table, for machines whose Spark has no {@code spark-sql}. */
@Command(
    name = "sql",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs SQL on a labels table, with the views labels, labels_latest, label_counts, failures and"
          + " runs, and functions for vectors, logits and images (docs/sql.md).",
      "Without -e and -f, reads statements from standard input; jobs/sql.sh opens Spark's own"
          + " spark-sql shell instead, where there is one.",
      "Exit: 0 done, 1 wrong usage or configuration, 2 a statement failed."
    })
public final class SqlCommand implements Callable<Integer> {
  private static final String PREFIX = "spark.inceptionspark.";

  @Spec private CommandSpec spec;

  @Option(names = "--table", paramLabel = "URI", description = "The labels table.")
  @Names(Names.Kind.DATA)
  private String table;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Weight file of the model for label_image and logits_of.")
  @Names(Names.Kind.FILE)
  private String weights;

  @Option(
      names = "--head",
      paramLabel = "FILE",
      description = "Head in place of the model's own last layer.")
  @Names(Names.Kind.FILE)
  private String head;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Class names for label_name and top_labels: imagenet, imagenet-1000 or a file.")
  @Names(Names.Kind.CLASS_NAMES)
  private String labels;

  @Option(
      names = "--orientation",
      paramLabel = "apply|ignore",
      description = "For label_image, like label --orientation.")
  private String orientation;

  @Option(
      names = "--decode",
      paramLabel = "full|scaled",
      description = "For label_image, like label --decode.")
  private String decode;

  @Option(
      names = "--preprocessing",
      paramLabel = "NAME",
      description = "For label_image, like label --preprocessing.")
  private String preprocessing;

  @ArgGroup private Source source = new Source();

  @Option(names = "--json", description = "Prints each row as a JSON object on a line.")
  private boolean json;

  /** The source of the statements. */
  private static final class Source {
    @Option(names = "-e", paramLabel = "SQL", description = "Statements, separated by semicolons.")
    private String text;

    @Option(names = "-f", paramLabel = "FILE", description = "A file with statements.")
    @Names(Names.Kind.SETTINGS)
    private Path file;

    String read() throws IOException {
      if (text != null) {
        return text;
      }
      return file == null ? standardInput() : Files.readString(file);
    }

    private static String standardInput() {
      return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
          .lines()
          .collect(Collectors.joining("\n"));
    }
  }

  @Override
  public Integer call() throws IOException {
    SparkSession session = session();
    for (String statement : SqlStatements.split(source.read())) {
      try (TaskProgress progress =
          TaskProgress.show(session, spec.commandLine().getErr(), "answering")) {
        print(session.sql(statement));
      }
    }
    return 0;
  }

  private SparkSession session() {
    SparkConf conf = JobDefaults.applyTo(new SparkConf());
    conf.setIfMissing("spark.app.name", "inception-spark sql");
    conf.setIfMissing("spark.sql.extensions", "org.inceptionspark.search.InceptionSparkExtensions");
    SparkSession session = CommandSession.start(conf).newSession();
    set(session, "table", table);
    set(session, "weights", weights);
    set(session, "head", head);
    set(session, "labels", labels);
    set(session, "orientation", orientation);
    set(session, "decode", decode);
    set(session, "preprocessing", preprocessing);
    SparkSession.setActiveSession(session);
    if (table != null) {
      Tables.require(session, table);
    }
    return session;
  }

  private static void set(SparkSession session, String name, String value) {
    if (value != null) {
      session.conf().set(PREFIX + name, value);
    }
  }

  private void print(Dataset<Row> answer) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      answer.toJSON().toLocalIterator().forEachRemaining(out::println);
      return;
    }
    if (answer.columns().length == 0) {
      return;
    }
    out.println(String.join("\t", answer.columns()));
    answer.select(asText(answer)).toLocalIterator().forEachRemaining(row -> out.println(line(row)));
  }

  private static Column[] asText(Dataset<Row> answer) {
    return Arrays.stream(answer.columns())
        .map(name -> functions.col("`" + name.replace("`", "``") + "`").cast("string"))
        .toArray(Column[]::new);
  }

  private static String line(Row row) {
    return IntStream.range(0, row.length())
        .mapToObj(row::get)
        .map(value -> value == null ? "NULL" : value.toString())
        .collect(Collectors.joining("\t"));
  }
}
