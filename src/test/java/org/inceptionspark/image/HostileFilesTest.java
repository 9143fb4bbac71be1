package org.inceptionspark.image;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.inceptionspark.image.core.BoundedImageStream;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.ImageException.Kind;
import org.inceptionspark.image.core.RgbImage;
import org.junit.jupiter.api.Test;

/** What a file may cost: memory and work are bounded by its header, before they are spent. */
class HostileFilesTest {
  private static final long MAX_PIXELS = 100_000_000;
  private static final int TIFF_SAMPLES_PER_PIXEL = 277;
  private static final int TIFF_TILE_WIDTH = 322;
  private static final ImageDecoder DECODER = new ImageDecoder(Orientation.APPLY, MAX_PIXELS);

  static List<BatteryFile> claimingTooMuch() {
    return BatteryFile.all().stream()
        .filter(file -> file.expected().get("outcome").asText().equals("TOO_LARGE"))
        .toList();
  }

  /** One of each format, of pictures that would take 300 MB and more. */
  @Test
  void sizesAreRefusedBeforeAnythingIsAllocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    assertThat(claimingTooMuch()).hasSizeGreaterThan(7);
    for (BatteryFile file : claimingTooMuch()) {
      long before = threads.getThreadAllocatedBytes(thread);
      assertRefused(DECODER, file.bytes(), Kind.TOO_LARGE, "pixels");
      long allocated = threads.getThreadAllocatedBytes(thread) - before;
      assertThat(allocated).as("bytes allocated for %s", file).isLessThan(10_000_000);
    }
  }

  /** A size within the limit, in a file that holds next to none of its pixels. */
  @Test
  void whatAHeaderMerelyClaimsIsNotAllocated() throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    for (String name : List.of("baseline-420", "progressive-many-scans", "cmyk-adobe-inverted")) {
      byte[] jpeg = BatteryFile.resource("jpeg/" + name + ".jpg");
      int frame = markerAt(jpeg, name.startsWith("progressive") ? 0xc2 : 0xc0);
      ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 9500).putShort(frame + 7, (short) 9500);
      long before = threads.getThreadAllocatedBytes(thread);
      assertRefused(DECODER, jpeg, Kind.CORRUPT, "cut off: a scan of");
      long allocated = threads.getThreadAllocatedBytes(thread) - before;
      assertThat(allocated).as("bytes allocated for %s", name).isLessThan(1_000_000);
    }
  }

  @Test
  void theLimitIsWhatTheOptionSays() throws IOException, ImageException {
    byte[] picture = BatteryFile.resource("jpeg/size-7x9.jpg");
    assertThat(new ImageDecoder(Orientation.APPLY, 63).decode(picture).pixels().rgb()).hasSize(189);
    assertRefused(
        new ImageDecoder(Orientation.APPLY, 62), picture, Kind.TOO_LARGE, "at most 62 allowed");
  }

  @Test
  void noStripIsLongerThanAMillionPixels() throws IOException {
    byte[] strip = BatteryFile.resource("png/header-50000x50000.png");
    ByteBuffer.wrap(strip).putInt(16, 1_000_001).putInt(20, 1);
    PngChecksums.repair(strip);
    assertRefused(DECODER, strip, Kind.TOO_LARGE, "at most 1000000 a side");
  }

  /** Readers allocate what the directory says of tiles and samples, for a picture of any size. */
  @Test
  void tilesAndSamplesAreInProportion() throws IOException, ImageException {
    byte[] tiled = BatteryFile.resource("tiff/video-001-tile-64x64.tiff");
    assertThat(DECODER.decode(tiled).format()).isEqualTo("TIFF");
    assertRefused(DECODER, withTag(tiled, TIFF_TILE_WIDTH, 1 << 30), Kind.TOO_LARGE, "tiles of 10");
    assertRefused(
        DECODER,
        withTag(tiled, TIFF_SAMPLES_PER_PIXEL, 60_000),
        Kind.UNSUPPORTED_FORMAT,
        "60000 samples a pixel");
  }

  /** Each scan is a pass over the picture: many are allowed for a small one only. */
  @Test
  void scansAreCounted() throws IOException, ImageException {
    byte[] progressive = BatteryFile.resource("jpeg/progressive-many-scans.jpg");
    assertThat(DECODER.decode(progressive).pixels().width()).isEqualTo(160);
    assertRefused(DECODER, withScans(progressive, 600), Kind.TOO_LARGE, "scans, at most 500");
    byte[] large = withScans(progressive, 80);
    int frame = markerAt(large, 0xc2);
    ByteBuffer.wrap(large).putShort(frame + 5, (short) 9000).putShort(frame + 7, (short) 9000);
    assertRefused(DECODER, large, Kind.TOO_LARGE, "96 scans of 81000000 pixels");
  }

  @Test
  void readersMayNotReadForEver() throws IOException {
    byte[] bytes = new byte[1000];
    try (BoundedImageStream behindTheEnd = new BoundedImageStream(bytes)) {
      behindTheEnd.seek(1000);
      assertThatThrownBy(() -> readTimes(behindTheEnd, 1000))
          .hasMessage("data ends before the picture does");
    }
    try (BoundedImageStream again = new BoundedImageStream(bytes)) {
      assertThatThrownBy(() -> readOver(again, bytes.length, 100_000))
          .hasMessage("reads its bytes more than 64 times over");
    }
    try (BoundedImageStream fair = new BoundedImageStream(bytes)) {
      assertThat(readOver(fair, bytes.length, 64)).isEqualTo(64_000);
    }
  }

  /** Animation frames inside animation frames: the walk over them is recursive. */
  @Test
  void nestingThatOverflowsTheStackIsCorrupt() {
    int depth = 200_000;
    ByteBuffer file = ByteBuffer.allocate(12 + 24 * depth).order(LITTLE_ENDIAN);
    file.put("RIFF".getBytes(US_ASCII)).putInt(4 + 24 * depth).put("WEBP".getBytes(US_ASCII));
    for (int i = depth - 1; i >= 0; i--) {
      file.put("ANMF".getBytes(US_ASCII)).putInt(16 + 24 * i).put(new byte[16]);
    }
    assertRefused(DECODER, file.array(), Kind.CORRUPT, "nested too deeply");
  }

  /** In a JVM whose heap is smaller than the pictures, and which goes on with the next one. */
  @Test
  void picturesThatDoNotFitIntoMemoryAreTooLarge() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeap.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said.lines())
        .containsExactly(
            "PNG: TOO_LARGE PNG: does not fit into memory",
            "PNG: 40 x 30",
            "GIF: TOO_LARGE GIF: does not fit into memory",
            "PNG: 40 x 30",
            "JPEG: TOO_LARGE JPEG: does not fit into memory",
            "PNG: 40 x 30");
  }

  private static void assertRefused(ImageDecoder decoder, byte[] bytes, Kind kind, String reason) {
    assertThatThrownBy(() -> decoder.decode(bytes))
        .isInstanceOfSatisfying(
            ImageException.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind))
        .hasMessageContaining(reason);
  }

  private static void readTimes(BoundedImageStream stream, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      assertThat(stream.read()).isEqualTo(-1);
    }
  }

  private static long readOver(BoundedImageStream stream, int length, int times)
      throws IOException {
    long read = 0;
    for (int i = 0; i < times; i++) {
      stream.seek(0);
      read += stream.read(new byte[length]);
    }
    return read;
  }

  /** The file with its last scan repeated this many times. */
  private static byte[] withScans(byte[] jpeg, int more) {
    int last = jpeg.length;
    do {
      last--;
    } while (jpeg[last] != (byte) 0xff || jpeg[last + 1] != (byte) 0xda);
    ByteArrayOutputStream longer = new ByteArrayOutputStream();
    longer.write(jpeg, 0, last);
    for (int i = 0; i <= more; i++) {
      longer.write(jpeg, last, jpeg.length - 2 - last);
    }
    longer.write(jpeg, jpeg.length - 2, 2);
    return longer.toByteArray();
  }

  /** The file with another number in its first directory. */
  private static byte[] withTag(byte[] tiff, int tag, int value) {
    ByteBuffer file = ByteBuffer.wrap(tiff.clone());
    file.order(file.get(0) == 'I' ? LITTLE_ENDIAN : BIG_ENDIAN);
    int entry = file.getInt(4) + 2;
    while (file.getShort(entry) != tag) {
      entry += 12;
    }
    file.putShort(entry + 2, (short) 4).putInt(entry + 4, 1).putInt(entry + 8, value);
    return file.array();
  }

  private static int markerAt(byte[] jpeg, int marker) {
    int at = 0;
    while (jpeg[at] != (byte) 0xff || (jpeg[at + 1] & 0xff) != marker) {
      at++;
    }
    return at;
  }

  /** Decodes pictures of 90 megapixels and, in between, an ordinary one. */
  static final class SmallHeap {
    private SmallHeap() {}

    public static void main(String[] arguments) throws IOException {
      byte[] png = BatteryFile.resource("png/header-50000x50000.png");
      ByteBuffer.wrap(png).putInt(16, 9500).putInt(20, 9500);
      PngChecksums.repair(png);
      byte[] gif = BatteryFile.resource("gif/screen-65535x65535.gif");
      ByteBuffer.wrap(gif).order(LITTLE_ENDIAN).putShort(6, (short) 9500).putShort(8, (short) 9500);
      byte[] jpeg = BatteryFile.resource("jpeg/baseline-420.jpg");
      ByteBuffer.wrap(jpeg)
          .putShort(markerAt(jpeg, 0xc0) + 5, (short) 9500)
          .putShort(markerAt(jpeg, 0xc0) + 7, (short) 9500);
      jpeg = Arrays.copyOf(jpeg, jpeg.length + 600_000); // as many bytes as such a picture needs
      jpeg[jpeg.length - 2] = (byte) 0xff;
      jpeg[jpeg.length - 1] = (byte) 0xd9;
      jpeg[jpeg.length - 600_002] = 0;
      for (byte[] large : Arrays.asList(png, gif, jpeg)) {
        say(large);
        say(BatteryFile.resource("png/rgb.png"));
      }
    }

    private static void say(byte[] bytes) {
      try {
        DecodedImage image = DECODER.decode(bytes);
        RgbImage pixels = image.pixels();
        System.out.println(image.format() + ": " + pixels.width() + " x " + pixels.height());
      } catch (ImageException e) {
        String message = e.getMessage();
        System.out.println(
            message.substring(0, message.indexOf(' ')) + " " + e.kind() + " " + message);
      }
    }
  }
}
