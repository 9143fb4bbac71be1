package org.inceptionspark.page;

import java.util.ArrayList;
import java.util.List;

/** Names with their values, such as a model and its fingerprint. */
public record Facts(List<Fact> facts) implements Block {

  /** One name and its value. */
  public record Fact(String name, String value) {}

  public Facts {
    facts = List.copyOf(facts);
  }

  /** Facts to which {@link #and} adds. */
  public static Facts of(String name, String value) {
    return new Facts(List.of(new Fact(name, value)));
  }

  /** The same facts and one more. */
  public Facts and(String name, String value) {
    List<Fact> more = new ArrayList<>(facts);
    more.add(new Fact(name, value));
    return new Facts(more);
  }
}
