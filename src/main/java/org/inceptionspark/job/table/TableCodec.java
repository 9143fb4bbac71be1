package org.inceptionspark.job.table;

import java.io.IOException;
import java.io.Serializable;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.spark.sql.SparkSession;
import org.inceptionspark.job.failure.ConfigurationException;
import org.inceptionspark.job.failure.NativeCode;
import org.inceptionspark.job.failure.StorageFailure;

/**
 * The compression codec of the files that are about to be written. Some codecs unpack native code
 * into {@code java.io.tmpdir}: if that is mounted {@code noexec}, writing would fail after the
 * images are computed.
 */
public final class TableCodec implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;

  private TableCodec(String name) {
    this.name = name;
  }

  /** By its name in Spark. */
  public static TableCodec of(String name) {
    return new TableCodec(name);
  }

  /** The codec with which a session writes Parquet files. */
  public static TableCodec of(SparkSession session) {
    return new TableCodec(session.conf().get("spark.sql.parquet.compression.codec"));
  }

  /**
   * Compresses a few bytes in this JVM.
   *
   * @throws ConfigurationException if that fails, with the cure
   */
  public void require() {
    CodecFactory codecs = new CodecFactory(new Configuration(false), 1 << 10);
    try {
      codecs.getCompressor(parquet()).compress(BytesInput.from(new byte[] {1, 2, 3}));
    } catch (IOException | RuntimeException | LinkageError e) {
      throw new ConfigurationException(
          "compression codec " + name + " does not start: " + StorageFailure.describe(e), e);
    } catch (Error e) { // Snappy's own error
      throw new ConfigurationException(
          "compression codec " + name + " does not start: " + NativeCode.words(), e);
    } finally {
      codecs.release();
    }
  }

  private CompressionCodecName parquet() {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "none" -> CompressionCodecName.UNCOMPRESSED;
      case "lz4raw" -> CompressionCodecName.LZ4_RAW;
      default -> CompressionCodecName.fromConf(name);
    };
  }
}
