package org.inceptionspark.cli.yarn;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** Forwards text and remembers its end, in whole lines. */
final class Transcript extends FilterWriter {
  private final int longest;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param longest number of characters to remember
   */
  Transcript(Writer target, int longest) {
    super(target);
    this.longest = longest;
  }

  @Override
  public void write(int character) throws IOException {
    write(new char[] {(char) character}, 0, 1);
  }

  @Override
  public void write(String words, int offset, int length) throws IOException {
    write(words.toCharArray(), offset, length);
  }

  @Override
  public void write(char[] characters, int offset, int length) throws IOException {
    out.write(characters, offset, length);
    synchronized (text) {
      text.append(characters, offset, length);
      if (text.length() > 2 * longest) {
        forget();
      }
    }
  }

  private void forget() {
    if (text.length() > longest) {
      int line = text.indexOf("\n", text.length() - longest - 1);
      text.delete(0, line < 0 ? text.length() - longest : line + 1);
    }
  }

  String text() {
    synchronized (text) {
      forget();
      return text.toString();
    }
  }
}
