package org.inceptionspark.search.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Parquet's own codecs, except Snappy, which decompresses from array to array: Parquet's copies
 * each page through streams and buffers four times. A page is valid until the next one is
 * decompressed. For one thread.
 */
final class PageCodecs implements CompressionCodecFactory {
  private final CompressionCodecFactory others;
  private final BytesInputDecompressor snappy = new SnappyPages();

  PageCodecs(Configuration hadoop) {
    others = new CodecFactory(hadoop, 0);
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return others.getCompressor(codec);
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return codec == CompressionCodecName.SNAPPY ? snappy : others.getDecompressor(codec);
  }

  @Override
  public void release() {
    others.release();
  }

  private static final class SnappyPages implements BytesInputDecompressor {
    private byte[] page = new byte[0];

    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      ByteBuffer compressed = bytes.toByteBuffer();
      if (page.length < size) {
        page = new byte[size];
      }
      Snappy.uncompress(
          compressed.array(),
          compressed.arrayOffset() + compressed.position(),
          compressed.remaining(),
          page,
          0);
      return BytesInput.from(page, 0, size);
    }

    @Override
    public void decompress(ByteBuffer input, int compressed, ByteBuffer output, int size)
        throws IOException {
      throw new UnsupportedOperationException("pages are arrays here");
    }

    @Override
    public void release() {
      page = new byte[0];
    }
  }
}
