package org.inceptionspark.cli.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.util.StringUtils;
import org.inceptionspark.shims.ScalaCollections;
import org.junit.jupiter.api.Test;

class SqlStatementsTest {
  private static final List<String> COMMENTS =
      List.of("/* /* ; */ */", "/* ; */", "-- it's; \\\n three;\n", "-- one; two\n");

  private static final List<String> PIECES =
      Stream.concat(
              COMMENTS.stream(),
              Stream.of(
                  ";",
                  " ",
                  "\n",
                  "SELECT 1",
                  "a - b",
                  "c / d",
                  "'x;y'",
                  "'it''s;'",
                  "'\\';'",
                  "\"q;\\\"\"",
                  "';--'"))
          .toList();

  @Test
  void splitsAtSemicolonsThatStandAlone() {
    assertThat(
            SqlStatements.split("SELECT ';' ; -- one; two\nSELECT `a;b`; /* /* ; */ ; */ SELECT 3"))
        .containsExactly("SELECT ';'", "-- one; two\nSELECT `a;b`", "/* /* ; */ ; */ SELECT 3");
  }

  @Test
  void knowsNoStatementsOfCommentsAlone() {
    assertThat(SqlStatements.split(" ; -- nothing;\n ; /* nothing */ ;;")).isEmpty();
  }

  /** The reference is the function that Spark's own shell calls. */
  @Test
  void splitsWhateverComesAsSparkDoes() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int pieces = random.nextInt(12); pieces >= 0; pieces--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      assertThat(SqlStatements.split(text.toString())).as(text.toString()).isEqualTo(ofSpark(text));
    }
  }

  /** Spark takes any comment but the first for a statement, and fails to parse it. */
  private static String withoutComments(String statement) {
    String rest = statement + "\n";
    for (String comment : COMMENTS) {
      rest = rest.replace(comment, "");
    }
    return rest;
  }

  private static List<String> ofSpark(CharSequence text) {
    return ScalaCollections.<String>list(
            StringUtils.splitSemiColonWithIndex(text.toString(), false))
        .stream()
        .map(String::strip)
        .filter(statement -> !withoutComments(statement).isBlank())
        .toList();
  }
}
