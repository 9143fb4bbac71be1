package org.inceptionspark.weights.tensorflow;

import java.util.ArrayList;
import java.util.List;
import org.inceptionspark.weights.file.ByteCursor;
import org.inceptionspark.weights.file.ProtoReader;

/**
 * BundleEntryProto, where a V2 checkpoint keeps a tensor.
 *
 * @param dtype TensorFlow's type number
 * @param shard which data file
 * @param offset first byte in it
 * @param size bytes
 * @param checksum masked CRC-32C of the bytes as stored
 * @param slices partitions of the tensor; if there are any, the values are under their keys
 */
record BundleEntry(
    int dtype,
    List<Long> dimensions,
    int shard,
    long offset,
    long size,
    int checksum,
    List<List<SliceExtent>> slices) {

  static BundleEntry parse(ByteCursor message) {
    int dtype = 0;
    List<Long> dimensions = List.of();
    int shard = 0;
    long offset = 0;
    long size = 0;
    int checksum = 0;
    List<List<SliceExtent>> slices = new ArrayList<>();
    ProtoReader in = new ProtoReader(message);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> dtype = in.int32();
        case 2 -> dimensions = TensorFlowTypes.dimensions(in.message());
        case 3 -> shard = in.int32();
        case 4 -> offset = in.varint();
        case 5 -> size = in.varint();
        case 6 -> checksum = in.fixed32();
        case 7 -> slices.add(SliceExtent.parse(in.message()));
        default -> in.skip();
      }
    }
    return new BundleEntry(dtype, dimensions, shard, offset, size, checksum, slices);
  }
}
