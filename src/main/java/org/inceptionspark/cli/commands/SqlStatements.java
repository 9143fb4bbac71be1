package org.inceptionspark.cli.commands;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a text into SQL statements at semicolons, like Spark's shell, but not at those in strings,
 * comments and (unlike the shell) quoted names. Spark's own splitter is only in 4.1.
 */
final class SqlStatements {
  private final String text;
  private final List<String> statements = new ArrayList<>();
  private int start;
  private boolean hasCode;

  private SqlStatements(String text) {
    this.text = text;
  }

  /** The non-empty statements in order, without their semicolons. */
  static List<String> split(String text) {
    return new SqlStatements(text).split();
  }

  private List<String> split() {
    for (int at = 0; at < text.length(); at = next(at)) {
      if (text.charAt(at) == ';') {
        end(at);
      }
    }
    end(text.length());
    return List.copyOf(statements);
  }

  /** Only comments do not make a statement. */
  private void end(int at) {
    if (hasCode) {
      statements.add(text.substring(start, at).strip());
    }
    start = at + 1;
    hasCode = false;
  }

  /** The first position after the token that begins here. */
  private int next(int at) {
    char c = text.charAt(at);
    if (text.startsWith("--", at)) {
      return endOfLine(at);
    }
    if (text.startsWith("/*", at)) {
      return endOfComment(at);
    }
    hasCode |= c != ';' && !Character.isWhitespace(c);
    return switch (c) {
      case '\'', '"' -> endOfString(at, c);
      case '`' -> behind(text.indexOf('`', at + 1));
      default -> at + 1;
    };
  }

  /** A backslash at the end of a comment line continues it. */
  private int endOfLine(int from) {
    int end = text.indexOf('\n', from);
    while (end > 0 && text.charAt(end - 1) == '\\') {
      end = text.indexOf('\n', end + 1);
    }
    return behind(end);
  }

  /** Comments may be nested. An unterminated one is left to Spark, which reports it. */
  private int endOfComment(int from) {
    int depth = 1;
    int at = from + 2;
    while (at < text.length() && depth > 0) {
      if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    }
    hasCode |= depth > 0;
    return at;
  }

  private int endOfString(int from, char quote) {
    int at = from + 1;
    while (at < text.length() && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at + 1, text.length());
  }

  /** An unterminated token extends to the end. */
  private int behind(int found) {
    return found < 0 ? text.length() : found + 1;
  }
}
