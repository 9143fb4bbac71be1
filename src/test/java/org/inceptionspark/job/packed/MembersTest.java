package org.inceptionspark.job.packed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.apache.hadoop.io.SequenceFile;
import org.inceptionspark.job.storage.SeekableObject;
import org.junit.jupiter.api.Test;

/** What goes into packed files comes out, and damage is located. */
class MembersTest {
  private static final Random RANDOM = new Random(1);

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static Map<String, byte[]> members() {
    Map<String, byte[]> members = new LinkedHashMap<>();
    members.put("a.jpg", bytes(700));
    members.put("deep/" + "long".repeat(40) + "/b.jpg", bytes(512));
    members.put("empty.jpg", new byte[0]);
    members.put("Zürich 日本.jpg", bytes(1));
    members.put("c.jpg", "the same ".repeat(1000).getBytes(UTF_8));
    return members;
  }

  private static SeekableObject open(byte[] file) {
    return new SeekableObject(
        file.length, (from, count) -> Arrays.copyOfRange(file, (int) from, (int) from + count));
  }

  /** Name and bytes, or name and fault, of each member, and the damage last. */
  private static Map<String, Object> read(byte[] file) throws IOException {
    Map<String, Object> read = new LinkedHashMap<>();
    SeekableObject object = open(file);
    try {
      Members members = PackedFormat.of(object).orElseThrow().members(object);
      for (Optional<Member> m = members.next(); m.isPresent(); m = members.next()) {
        Member member = m.get();
        read.put(member.name(), member.fault() == null ? decoded(file, member) : member.fault());
      }
    } catch (DamagedException e) {
      read.put("DAMAGE", e.kind() + " " + e.getMessage());
    }
    return read;
  }

  private static Object decoded(byte[] file, Member member) {
    ByteRange range =
        ByteRange.of(
            new ByteRange(
                    "s3a://b/a!/+ of 7.tar",
                    file.length,
                    member.offset(),
                    member.stored(),
                    member.coding())
                .toString());
    byte[] stored =
        Arrays.copyOfRange(file, (int) range.offset(), (int) Math.min(file.length, range.end()));
    try {
      return range.decode(stored, range.offset(), (int) member.length());
    } catch (DamagedException e) {
      return e.getMessage();
    }
  }

  private static Map<String, byte[]> numbered(Map<String, byte[]> members) {
    Map<String, byte[]> numbered = new LinkedHashMap<>();
    members.forEach(
        (name, bytes) -> numbered.put(String.format("%08d/%s", numbered.size(), name), bytes));
    return numbered;
  }

  @Test
  void whatGoesInComesOut() throws IOException {
    Map<String, byte[]> members = members();
    assertThat(read(PackedFile.tar(members)))
        .containsExactlyEntriesOf(new LinkedHashMap<>(members));
    assertThat(read(PackedFile.tar(members, TarArchiveOutputStream.LONGFILE_GNU)))
        .containsExactlyEntriesOf(new LinkedHashMap<>(members));
    assertThat(read(PackedFile.zip(members)))
        .containsExactlyEntriesOf(new LinkedHashMap<>(members));
    assertThat(read(PackedFile.tfRecord(members)))
        .containsExactlyEntriesOf(new LinkedHashMap<>(numbered(members)));
    assertThat(read(PackedFile.sequenceFile(members, SequenceFile.CompressionType.NONE)))
        .containsExactlyEntriesOf(new LinkedHashMap<>(numbered(members)));
  }

  /** Every prefix gives whole members, and says where it ended unless it is the whole file. */
  @Test
  void whateverIsCutOffGivesWhatIsBeforeTheCut() throws IOException {
    Map<String, byte[]> members = members();
    for (byte[] file :
        List.of(
            PackedFile.tar(members),
            PackedFile.zip(members),
            PackedFile.tfRecord(members),
            PackedFile.sequenceFile(members, SequenceFile.CompressionType.NONE))) {
      for (int length = 512; length < file.length - 1024; length += 97) {
        Map<String, Object> read = read(Arrays.copyOf(file, length));
        Object damage = read.remove("DAMAGE");
        read.forEach(
            (name, bytes) ->
                assertThat(bytes).isEqualTo(members.get(name.replaceFirst("^\\d{8}/", ""))));
        assertThat(damage != null || read.size() < members.size()).isTrue();
      }
    }
  }

  @Test
  void aTarThatIsCutSaysWhere() throws IOException {
    byte[] tar = PackedFile.tar(Map.of("a.jpg", bytes(2000)));
    assertThat(read(Arrays.copyOf(tar, 1024)))
        .containsExactly(
            Map.entry("DAMAGE", "CORRUPT ends within a.jpg, which begins at byte 512"));
    assertThat(read(Arrays.copyOf(tar, 512 + 2048)))
        .containsKey("a.jpg")
        .containsEntry("DAMAGE", "CORRUPT ends without its end mark, at byte 2560");
    tar[600] ^= 1; // within the image: nothing to see
    assertThat(read(tar)).containsOnlyKeys("a.jpg");
  }

  /** A library that trusts it would give bytes under another name. */
  @Test
  void aTarWithADamagedHeaderSaysWhere() throws IOException {
    byte[] tar = PackedFile.tar(members(), TarArchiveOutputStream.LONGFILE_GNU);
    byte[] second = "c.jpg".getBytes(UTF_8);
    int at = tar.length - second.length;
    while (!Arrays.equals(tar, at, at + second.length, second, 0, second.length)) {
      at--;
    }
    tar[at] = 'd';
    assertThat(read(tar))
        .doesNotContainKeys("c.jpg", "d.jpg")
        .containsKey("a.jpg")
        .extractingByKey("DAMAGE")
        .asString()
        .startsWith("CORRUPT has a header with a wrong checksum after byte ");
  }

  /** As {@code cat a.tar b.tar} and {@code tar -A} do. */
  @Test
  void archivesOneBehindTheOtherAreOne() throws IOException {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(PackedFile.tar(Map.of("a.jpg", bytes(100))));
    both.writeBytes(PackedFile.tar(Map.of("b.jpg", bytes(100))));
    assertThat(read(both.toByteArray())).containsOnlyKeys("a.jpg", "b.jpg");
    both.writeBytes(new byte[512]);
    both.writeBytes("rubbish".repeat(100).getBytes(UTF_8));
    assertThat(read(both.toByteArray()).get("DAMAGE").toString())
        .contains("something else after its end");
  }

  @Test
  void linksAndDirectoriesOfATarAreNoImages() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (byte type : new byte[] {TarConstants.LF_LINK, TarConstants.LF_SYMLINK}) {
        TarArchiveEntry link = new TarArchiveEntry("link" + type, type);
        link.setLinkName("a.jpg");
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
      }
      tar.putArchiveEntry(new TarArchiveEntry("directory/"));
      tar.closeArchiveEntry();
      for (byte type : new byte[] {TarConstants.LF_OLDNORM, TarConstants.LF_NORMAL}) {
        tar.putArchiveEntry(new TarArchiveEntry("of an old tar/", type));
        tar.closeArchiveEntry();
      }
    }
    SeekableObject object = open(bytes.toByteArray());
    Members members = PackedFormat.of(object).orElseThrow().members(object);
    assertThat(members.next()).isEmpty();
    assertThat(members.others()).isEqualTo(2);
  }

  private static byte[] zip(int method, Zip64Mode mode, byte[] content) throws IOException {
    SeekableInMemoryByteChannel channel = new SeekableInMemoryByteChannel();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(channel)) {
      zip.setUseZip64(mode);
      zip.setMethod(method);
      zip.putArchiveEntry(new ZipArchiveEntry("a.jpg"));
      zip.write(content);
      zip.closeArchiveEntry();
    }
    return Arrays.copyOf(channel.array(), (int) channel.size());
  }

  @Test
  void zipsOfAllSortsAreReadOrTold() throws IOException {
    byte[] content = "image ".repeat(100).getBytes(UTF_8);
    for (int method : new int[] {ZipMember.STORED, ZipMember.DEFLATED}) {
      for (Zip64Mode mode : Zip64Mode.values()) {
        assertThat(read(zip(method, mode, content))).containsEntry("a.jpg", content);
      }
    }
    byte[] file = zip(ZipMember.STORED, Zip64Mode.Never, content);
    byte[] damaged = file.clone();
    damaged[60] ^= 1;
    assertThat(read(damaged)).containsEntry("a.jpg", "does not have its CRC-32");
    int directory = file.length - 22 - 46 - 5;
    file[directory + 8] |= 1;
    assertThat(read(file)).containsEntry("a.jpg", "UNSUPPORTED_FORMAT: encrypted in a zip archive");
    file[directory + 8] ^= 1;
    file[directory + 10] = 93;
    assertThat(read(file))
        .containsEntry("a.jpg", "UNSUPPORTED_FORMAT: compressed by method 93 in a zip archive");
    assertThat(
            read(new byte[] {'P', 'K', 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}))
        .as("an empty one")
        .isEmpty();
  }

  /** A member is never larger than it says, so what it says can be bounded. */
  @Test
  void aBombDoesNotGoOff() throws IOException {
    byte[] file = zip(ZipMember.DEFLATED, Zip64Mode.Never, new byte[1 << 20]);
    int directory = file.length - 22 - 46 - 5;
    file[directory + 24] = 100; // the length that it claims
    file[directory + 25] = 0;
    file[directory + 26] = 0;
    assertThat(read(file)).containsEntry("a.jpg", "does not inflate to its 100 bytes");
  }

  @Test
  void aRecordWithAWrongSumIsOneErrorAndAWrongLengthTheEnd() throws IOException {
    Map<String, byte[]> members = members();
    byte[] file = PackedFile.tfRecord(members);
    file[100] ^= 1;
    Map<String, Object> read = read(file);
    assertThat(read).hasSize(members.size()).containsValue("CORRUPT: a record with a wrong CRC");
    byte[] other = PackedFile.record(PackedFile.field(1, new byte[0]));
    byte[] two = Arrays.copyOf(other, 2 * other.length);
    System.arraycopy(other, 0, two, other.length, other.length);
    assertThat(read(two))
        .containsEntry("00000000", "NOT_AN_IMAGE: no bytes under image/encoded, but []")
        .hasSize(2);
    two[other.length] ^= 1;
    assertThat(read(two))
        .containsEntry(
            "DAMAGE",
            "CORRUPT has no record at byte " + other.length + ": a wrong CRC of its length");
    assertThat(read(PackedFile.record("no example".getBytes(UTF_8))))
        .containsEntry("00000000", "CORRUPT: no tf.train.Example");
  }

  @Test
  void compressedSequenceFilesAreTold() throws IOException {
    for (SequenceFile.CompressionType type :
        List.of(SequenceFile.CompressionType.RECORD, SequenceFile.CompressionType.BLOCK)) {
      assertThat(read(PackedFile.sequenceFile(members(), type)).get("DAMAGE").toString())
          .startsWith("UNSUPPORTED_FORMAT is compressed");
    }
  }

  @Test
  void whatIsNotPackedIsNot() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(PackedFile.tar(members()));
    }
    List<byte[]> others =
        new ArrayList<>(List.of(new byte[0], new byte[512], new byte[5], bytes(600)));
    others.add(gzip.toByteArray());
    for (byte[] other : others) {
      assertThat(PackedFormat.of(open(other))).isEmpty();
    }
  }
}
