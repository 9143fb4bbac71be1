package org.inceptionspark.shims;

/** The Scala that this was compiled with. */
public final class ScalaLine {
  /** A constant, so that asking for it links nothing of Scala. */
  public static final String VERSION = "2.12";

  private ScalaLine() {}
}
