package org.inceptionspark.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Rows and columns of words and numbers.
 *
 * @param caption what the rows are
 * @param rows each with as many cells as there are columns
 */
public record Table(String caption, List<Column> columns, List<List<String>> rows)
    implements Block {

  /** How the cells of a column are laid out. */
  public enum Content {
    /** Words, which break between them. */
    TEXT,
    /** Long names without spaces, which may break anywhere. */
    PATH,
    /** Numbers, aligned to the right. */
    NUMBER
  }

  /** A heading and the layout of its cells. */
  public record Column(String heading, Content content) {
    public static Column text(String heading) {
      return new Column(heading, Content.TEXT);
    }

    public static Column path(String heading) {
      return new Column(heading, Content.PATH);
    }

    public static Column number(String heading) {
      return new Column(heading, Content.NUMBER);
    }

    /** The style of the column's cells. */
    public String style() {
      return content.name().toLowerCase(Locale.ROOT);
    }
  }

  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "table \"" + caption + "\" has " + columns.size() + " columns, found the row " + row);
      }
    }
  }

  /** A table without rows yet. */
  public static Table of(String caption, Column... columns) {
    return new Table(caption, List.of(columns), List.of());
  }

  /** The same table with one more row. */
  public Table row(String... cells) {
    List<List<String>> more = new ArrayList<>(rows);
    more.add(List.of(cells));
    return new Table(caption, columns, more);
  }
}
