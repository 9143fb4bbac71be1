package org.inceptionspark.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.inceptionspark.cli.CommandLineRun;
import org.inceptionspark.cli.output.ExitCode;
import org.inceptionspark.spark.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("site")
class SqlCommandTest {
  @TempDir private static Path directory;
  private static String table;

  @BeforeAll
  static void writeTable() {
    table = directory.resolve("labels").toString();
    LocalSpark.session()
        .sql(
            "SELECT 'a.jpg' AS path, array(1F, 2F) AS logits, CAST(NULL AS STRING) AS etag,"
                + " DATE '2026-01-31' AS run_date")
        .write()
        .partitionBy("run_date")
        .parquet(table);
  }

  @Test
  void printsEachAnswerWithItsHeader() {
    CommandLineRun run =
        CommandLineRun.of(
            "sql",
            "--table",
            table,
            "-e",
            "SELECT path, softmax(logits) AS `p.q`, etag FROM labels; SELECT ';' AS semicolon;");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
    assertThat(run.out().lines())
        .containsExactly(
            "path\tp.q\tetag", "a.jpg\t[0.26894143, 0.7310586]\tNULL", "semicolon", ";");
  }

  @Test
  void printsRowsAsJson() throws Exception {
    Path file = Files.writeString(directory.resolve("query.sql"), "SELECT * FROM labels -- all\n");
    CommandLineRun run =
        CommandLineRun.of("sql", "--table", table, "-f", file.toString(), "--json");
    assertThat(run.out())
        .isEqualToIgnoringNewLines(
            "{\"path\":\"a.jpg\",\"logits\":[1.0,2.0],\"run_date\":\"2026-01-31\"}");
  }

  @Test
  void namesClassesByTheOption() {
    CommandLineRun run =
        CommandLineRun.of("sql", "--labels", "imagenet", "-e", "SELECT label_name(1) AS name");
    assertThat(run.out().lines()).containsExactly("name", "tench");
  }

  @Test
  void theModelIsLoadedAsTheOptionsSay() {
    CommandLineRun run =
        CommandLineRun.of(
            "sql",
            "--orientation",
            "ignore",
            "--preprocessing",
            "keras",
            "--decode",
            "scaled",
            "-e",
            "SET spark.inceptionspark.orientation; SET spark.inceptionspark.preprocessing;"
                + " SET spark.inceptionspark.decode");
    assertThat(run.out().lines())
        .contains("spark.inceptionspark.orientation\tignore")
        .contains("spark.inceptionspark.decode\tscaled")
        .contains("spark.inceptionspark.preprocessing\tkeras");
  }

  @Test
  void aStatementThatFailsIsOneLine() {
    CommandLineRun run = CommandLineRun.of("sql", "-e", "SELECT vector_norm(1)");
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .startsWith("inception-spark sql: ")
        .contains("first parameter requires the \"ARRAY<FLOAT>\" type");
  }

  @Test
  void takesStatementsFromOnePlace() {
    CommandLineRun run = CommandLineRun.of("sql", "-e", "SELECT 1", "-f", "query.sql");
    assertThat(run.code()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(run.err()).contains("mutually exclusive");
  }
}
