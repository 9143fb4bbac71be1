package org.inceptionspark.image.core;

import java.io.IOException;
import java.util.Iterator;
import java.util.function.Predicate;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The ImageIO readers in use, chosen by class name and not by the registry, so that every JVM and
 * class loader decodes with the same code. Each picture gets a new reader.
 */
public enum Reader {
  PNG(ofTheJdk("png"));

  private final ImageReaderSpi provider;

  Reader(ImageReaderSpi provider) {
    this.provider = provider;
  }

  /** An action on an opened reader. */
  public interface Use<T> {
    T with(ImageReader reader) throws IOException, ImageException;
  }

  /**
   * Opens a reader on these bytes, uses it and disposes of it.
   *
   * @param harmless any warning that this predicate does not accept makes the picture CORRUPT:
   *     where data is damaged or missing, readers warn and continue with wrong pixels
   */
  public <T> T use(byte[] bytes, ImageFormat format, Predicate<String> harmless, Use<T> use)
      throws IOException, ImageException {
    ImageReader reader = provider.createReaderInstance();
    String[] damage = new String[1];
    try (BoundedImageStream stream = new BoundedImageStream(bytes)) {
      reader.setInput(stream, true, true);
      reader.addIIOReadWarningListener(
          (source, warning) -> {
            if (damage[0] == null && !harmless.test(warning)) {
              damage[0] = warning;
            }
          });
      T result = use.with(reader);
      if (damage[0] != null) {
        throw ImageException.corrupt(format, damage[0]);
      }
      return result;
    } finally {
      reader.dispose();
    }
  }

  private static ImageReaderSpi ofTheJdk(String format) {
    String own = "com.sun.imageio.plugins." + format + ".";
    Iterator<ImageReaderSpi> providers =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
    while (providers.hasNext()) {
      ImageReaderSpi provider = providers.next();
      if (provider.getClass().getName().startsWith(own)) {
        return provider;
      }
    }
    throw new IllegalStateException("this Java has no " + format + " reader of its own");
  }
}
