package org.inceptionspark.page;

import java.util.List;

/** A grid of {@link Card cards}, as many in a row as fit. */
public record Cards(List<Card> cards) implements Block {
  public Cards {
    cards = List.copyOf(cards);
  }
}
