package org.inceptionspark.search.neighbours;

import static org.apache.spark.sql.functions.col;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.inceptionspark.job.table.RowPlace;
import org.inceptionspark.labels.Label;
import org.inceptionspark.search.scan.Match;

/** Reads the other columns of the rows that a search found. */
final class Neighbours {
  private final Dataset<Row> rows;

  Neighbours(Dataset<Row> rows) {
    this.rows = rows;
  }

  /** Reads only the files of these rows. */
  List<Neighbour> of(List<Match> matches) {
    if (matches.isEmpty()) {
      return List.of();
    }
    Object[] files = matches.stream().map(match -> match.row().file()).distinct().toArray();
    Object[] paths = matches.stream().map(match -> match.row().path()).toArray();
    Map<String, Row> details = new HashMap<>();
    RowPlace place = RowPlace.required(rows);
    rows.where(place.file().isin(files))
        .where(col("path").isin(paths))
        .select(place.file(), place.position(), col("sha256"), col("top"))
        .collectAsList()
        .forEach(row -> details.put(key(row.getString(0), row.getLong(1)), row));
    return matches.stream()
        .map(
            match -> neighbour(match, details.get(key(match.row().file(), match.row().position()))))
        .toList();
  }

  private static String key(String file, long position) {
    return position + " " + file;
  }

  private static Neighbour neighbour(Match match, Row row) {
    return new Neighbour(
        match.row().path(),
        match.similarity(),
        LocalDate.ofEpochDay(match.row().runDay()),
        row.getString(2),
        row.<Row>getList(3).stream().map(Neighbours::label).toList());
  }

  private static Label label(Row label) {
    return new Label(label.getAs("index"), label.getAs("label"), label.getAs("probability"));
  }
}
