package org.inceptionspark.page;

import java.util.List;

/**
 * A grid of {@link Card cards}, as many in a row as fit.
 *
 * @param caption above them, or empty
 */
public record Cards(String caption, List<Card> cards) implements Block {
  public Cards {
    cards = List.copyOf(cards);
  }

  /** A grid without a caption. */
  public Cards(List<Card> cards) {
    this("", cards);
  }

  /** A grid with a caption. */
  public static Cards captioned(String caption, List<Card> cards) {
    return new Cards(caption, cards);
  }
}
