package org.inceptionspark.job.storage;

import java.text.DecimalFormatSymbols;
import java.util.Locale;

/**
 * S3A and other store clients write numbers in their requests with the digits of the JVM's locale.
 * If these are Arabic or Persian, a store refuses each range read as wrongly signed ({@code Range:
 * bytes=٠-١٠}), as if credentials were wrong.
 */
public final class AsciiDigits {
  private AsciiDigits() {}

  /** Makes the JVM format like the root locale, if its locale has other digits. */
  public static void use() {
    Locale language = Locale.getDefault(Locale.Category.FORMAT);
    if (DecimalFormatSymbols.getInstance(language).getZeroDigit() != '0') {
      Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    }
  }
}
