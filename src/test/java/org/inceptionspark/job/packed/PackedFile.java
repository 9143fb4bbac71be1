package org.inceptionspark.job.packed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.Text;

/** Packed files of the kinds that are read, made from names and bytes. */
public final class PackedFile {
  private PackedFile() {}

  /** By the library that others use too; names of any length. */
  public static byte[] tar(Map<String, byte[]> members) throws IOException {
    return tar(members, TarArchiveOutputStream.LONGFILE_POSIX);
  }

  static byte[] tar(Map<String, byte[]> members, int longNames) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      tar.setLongFileMode(longNames);
      tar.setAddPaxHeadersForNonAsciiNames(longNames == TarArchiveOutputStream.LONGFILE_POSIX);
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(member.getKey());
        entry.setSize(member.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(member.getValue());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** By the JDK, whose lengths stand behind the bytes. */
  public static byte[] zip(Map<String, byte[]> members) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey()));
        zip.write(member.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** As TF-Slim's data sets: image/encoded and image/filename in examples. */
  public static byte[] tfRecord(Map<String, byte[]> members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    members.forEach(
        (name, image) -> {
          byte[] label = field(1, new byte[] {0x08, 7}); // packed differently by none
          byte[] entries =
              joined(
                  feature("image/class/label", field(3, label)),
                  feature("image/encoded", field(1, field(1, image))),
                  feature(
                      "image/filename", field(1, field(1, name.getBytes(StandardCharsets.UTF_8)))));
          bytes.writeBytes(record(field(1, entries)));
        });
    return bytes.toByteArray();
  }

  private static byte[] feature(String name, byte[] value) {
    return field(1, joined(field(1, name.getBytes(StandardCharsets.UTF_8)), field(2, value)));
  }

  /** A field of bytes in a protocol buffer. */
  static byte[] field(int number, byte[] value) {
    ByteArrayOutputStream field = new ByteArrayOutputStream();
    field.write(number << 3 | 2);
    int length = value.length;
    for (; length > 0x7F; length >>>= 7) {
      field.write(length & 0x7F | 0x80);
    }
    field.write(length);
    field.writeBytes(value);
    return field.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** A record with its frame. */
  static byte[] record(byte[] data) {
    ByteBuffer record = ByteBuffer.allocate(data.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(masked(record.array(), 0, 8));
    record.put(data);
    record.putInt(masked(data, 0, data.length));
    return record.array();
  }

  private static int masked(byte[] bytes, int from, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, count);
    int value = (int) crc.getValue();
    return (value >>> 15 | value << 17) + 0xa282ead8;
  }

  /** Text to bytes, by Hadoop. */
  public static byte[] sequenceFile(
      Map<String, byte[]> members, SequenceFile.CompressionType compression) throws IOException {
    Path file = Files.createTempFile("members", ".seq");
    try (SequenceFile.Writer writer =
        SequenceFile.createWriter(
            new Configuration(),
            SequenceFile.Writer.file(new org.apache.hadoop.fs.Path(file.toUri())),
            SequenceFile.Writer.keyClass(Text.class),
            SequenceFile.Writer.valueClass(BytesWritable.class),
            SequenceFile.Writer.compression(compression))) {
      for (Map.Entry<String, byte[]> member : members.entrySet()) {
        writer.append(new Text(member.getKey()), new BytesWritable(member.getValue()));
      }
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }
}
