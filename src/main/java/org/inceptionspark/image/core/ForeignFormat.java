package org.inceptionspark.image.core;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Optional;
import org.inceptionspark.image.core.ImageException.Kind;

/**
 * A format that is not read here, so that the error can name it.
 *
 * @param kind UNSUPPORTED_FORMAT for a picture, NOT_AN_IMAGE for anything else
 * @param title what users call it
 */
record ForeignFormat(Kind kind, String title) {
  /** How much of a file is examined; an XML prolog may be long. */
  private static final int HEAD = 4096;

  /** Bytes that identify a kind of file at an offset, as ISO 8859-1. */
  private record Magic(int offset, String bytes, ForeignFormat file) {}

  private static final List<Magic> MAGICS =
      List.of(
          picture("\0\0\0\u000cjP  ", "JPEG 2000"),
          picture("\u00ff\u004f\u00ff\u0051", "JPEG 2000"),
          picture("\u00ff\n", "JPEG XL"),
          picture("\0\0\0\u000cJXL ", "JPEG XL"),
          picture("\u00ff\u00d8\u00ff\u00f7", "JPEG-LS"),
          picture("II\u00bc", "JPEG XR"),
          picture("IIRO", "camera raw (Olympus ORF)"),
          picture("IIRS", "camera raw (Olympus ORF)"),
          picture("MMOR", "camera raw (Olympus ORF)"),
          picture("IIU\0", "camera raw (Panasonic RW2)"),
          picture("FUJIFILMCCD-RAW", "camera raw (Fujifilm RAF)"),
          picture("FOVb", "camera raw (Sigma X3F)"),
          picture("\0MRM", "camera raw (Minolta MRW)"),
          picture("8BPS", "Photoshop PSD"),
          picture("gimp xcf", "GIMP XCF"),
          picture("qoif", "QOI"),
          picture("DDS ", "DirectDraw DDS"),
          picture("%PDF-", "PDF"),
          picture("%!PS", "PostScript"),
          picture("\u00c5\u00d0\u00d3\u00c6", "PostScript"),
          picture("AT&TFORM", "DjVu"),
          picture("v/1\u0001", "OpenEXR"),
          picture("#?RADIANCE", "Radiance HDR"),
          picture("SIMPLE  =", "FITS"),
          picture("\u008aMNG\r\n\u001a\n", "MNG"),
          picture("\u008bJNG\r\n\u001a\n", "JNG"),
          picture("BPG\u00fb", "BPG"),
          picture("FLIF", "FLIF"),
          picture("\u00d7\u00cd\u00c6\u009a", "WMF"),
          picture("\u0001\u00da\0\u0001", "SGI"),
          picture("\u0001\u00da\u0001\u0001", "SGI"),
          picture("Y\u00a6j\u0095", "Sun raster"),
          picture("\u00abKTX ", "KTX"),
          new Magic(128, "DICM", new ForeignFormat(Kind.UNSUPPORTED_FORMAT, "DICOM")),
          new Magic(40, " EMF", new ForeignFormat(Kind.UNSUPPORTED_FORMAT, "EMF")),
          other("PAR1", "a Parquet file"),
          other("PK\u0003\u0004", "a zip archive"),
          other("PK\u0005\u0006", "a zip archive"),
          other("\u001f\u008b", "a gzip file"),
          other("7z\u00bc\u00af'\u001c", "a 7z archive"),
          other("Rar!", "a RAR archive"),
          other("BZh", "a bzip2 file"),
          other("\u00fd7zXZ\0", "an xz file"),
          other("(\u00b5/\u00fd", "a Zstandard file"),
          other("Obj\u0001", "an Avro file"),
          other("ORC", "an ORC file"),
          other("ARROW1", "an Arrow file"),
          other("SEQ\u0006", "a Hadoop sequence file"),
          other("\u0089HDF\r\n", "an HDF5 file"),
          other("SQLite format 3\0", "an SQLite database"),
          other("\u00d0\u00cf\u0011\u00e0", "an OLE file, such as Thumbs.db"),
          other("\u001aE\u00df\u00a3", "a Matroska or WebM video"),
          other("OggS", "Ogg audio or video"),
          other("ID3", "MP3 audio"),
          other("\u007fELF", "a program"),
          new Magic(257, "ustar", new ForeignFormat(Kind.NOT_AN_IMAGE, "a tar archive")));

  private static Magic picture(String bytes, String title) {
    return new Magic(0, bytes, new ForeignFormat(Kind.UNSUPPORTED_FORMAT, title));
  }

  private static Magic other(String bytes, String title) {
    return new Magic(0, bytes, new ForeignFormat(Kind.NOT_AN_IMAGE, title));
  }

  /** The format of these bytes, if it is known. */
  static Optional<ForeignFormat> of(byte[] bytes) {
    String head = new String(bytes, 0, Math.min(bytes.length, HEAD), ISO_8859_1);
    return MAGICS.stream()
        .filter(magic -> head.startsWith(magic.bytes, magic.offset))
        .map(Magic::file)
        .findFirst()
        .or(() -> ofBoxes(head))
        .or(() -> ofRiff(head))
        .or(() -> BinaryHeader.title(bytes, head).map(ForeignFormat::pictureCalled))
        .or(() -> TextFile.of(head));
  }

  static ForeignFormat pictureCalled(String title) {
    return new ForeignFormat(Kind.UNSUPPORTED_FORMAT, title);
  }

  private static Optional<ForeignFormat> ofBoxes(String head) {
    return head.startsWith("ftyp", 4) && head.length() >= 12
        ? Optional.of(MediaBrands.of(head))
        : Optional.empty();
  }

  private static Optional<ForeignFormat> ofRiff(String head) {
    if (!head.startsWith("RIFF") || head.length() < 12) {
      return Optional.empty();
    }
    return switch (head.substring(8, 12)) {
      case "WAVE" -> Optional.of(new ForeignFormat(Kind.NOT_AN_IMAGE, "WAVE audio"));
      case "AVI " -> Optional.of(new ForeignFormat(Kind.NOT_AN_IMAGE, "an AVI video"));
      default -> Optional.empty();
    };
  }
}
