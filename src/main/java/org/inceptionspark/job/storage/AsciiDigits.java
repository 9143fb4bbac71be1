package org.inceptionspark.job.storage;

import java.text.DecimalFormatSymbols;
import java.util.Locale;

/**
 * S3A and other clients of stores write numbers of their requests in the digits of the JVM's
 * language. Where these are Arabic or Persian ones, a store refuses each read of a range as signed
 * wrongly ({@code Range: bytes=٠-١٠}), as if credentials were wrong.
 */
public final class AsciiDigits {
  private AsciiDigits() {}

  /** Makes the JVM format as the root locale does, if its language has digits of its own. */
  public static void use() {
    Locale language = Locale.getDefault(Locale.Category.FORMAT);
    if (DecimalFormatSymbols.getInstance(language).getZeroDigit() != '0') {
      Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    }
  }
}
