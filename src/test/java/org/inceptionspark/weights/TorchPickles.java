package org.inceptionspark.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Pieces of pickles, as hexadecimal digits, put together around what torch wrote: a fixture's own
 * pickle stays as it is, other objects stand beside it.
 */
final class TorchPickles {
  private static final HexFormat HEX = HexFormat.of();

  private TorchPickles() {}

  static String text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    int length = Integer.reverseBytes(bytes.length);
    return "58" + HEX.toHexDigits(length) + HEX.formatHex(bytes);
  }

  static String number(int value) {
    return "4b" + HEX.toHexDigits((byte) value);
  }

  /** Keys and values in turn. */
  static String dict(String... items) {
    return "7d28" + String.join("", items) + "75";
  }

  static String list(String... items) {
    return "5d28" + String.join("", items) + "65";
  }

  static String tuple(String... items) {
    return "28" + String.join("", items) + "74";
  }

  static String global(String module, String name) {
    return "63" + HEX.formatHex((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static String call(String function, String... arguments) {
    return function + tuple(arguments) + "52";
  }

  static String withState(String object, String state) {
    return object + state + "62";
  }

  /** A tensor over a storage of the fixture. */
  static String tensor(String type, int... sizes) {
    StringBuilder shape = new StringBuilder();
    StringBuilder strides = new StringBuilder();
    for (int size : sizes) {
      shape.append(number(size));
      strides.append(number(1));
    }
    String storage =
        tuple(text("storage"), global("torch", type), text("0"), text("cpu"), number(108)) + "51";
    return call(
        global("torch._utils", "_rebuild_tensor_v2"),
        storage,
        number(0),
        tuple(shape.toString()),
        tuple(strides.toString()),
        "89",
        call(global("collections", "OrderedDict")));
  }

  /** What the pickle of a fixture builds: {@code epoch}, {@code state_dict} and others. */
  static String body(String fixture) throws IOException {
    try (ZipFile zip = new ZipFile(Fixtures.path("torch/" + fixture).toFile());
        InputStream pickle = zip.getInputStream(zip.getEntry(pickleName(zip)))) {
      byte[] bytes = pickle.readAllBytes();
      return HEX.formatHex(bytes, 2, bytes.length - 1);
    }
  }

  /** The fixture with another pickle before its storages. */
  static Path write(Path to, String fixture, String object) throws IOException {
    try (ZipFile zip = new ZipFile(Fixtures.path("torch/" + fixture).toFile());
        OutputStream file = Files.newOutputStream(to);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        if (entry.getName().equals(pickleName(zip))) {
          ByteArrayOutputStream pickle = new ByteArrayOutputStream();
          pickle.writeBytes(HEX.parseHex("8002" + object + "2e"));
          pickle.writeTo(out);
        } else {
          zip.getInputStream(entry).transferTo(out);
        }
      }
    }
    return to;
  }

  private static String pickleName(ZipFile zip) {
    return zip.stream()
        .map(ZipEntry::getName)
        .filter(name -> name.endsWith("/data.pkl"))
        .findFirst()
        .orElseThrow();
  }
}
