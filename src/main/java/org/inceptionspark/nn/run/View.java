package org.inceptionspark.nn.run;

/**
 * Some channels of a buffer: branches write straight into their part of a concatenation.
 *
 * @param channel the first
 */
record View(Buffer buffer, int channel, int channels) {
  static View whole(Buffer buffer) {
    return new View(buffer, 0, buffer.map().channels());
  }

  View part(int first, int count) {
    return new View(buffer, channel + first, count);
  }

  boolean isWhole() {
    return channels == buffer.map().channels();
  }

  /** From an image's start to the first channel of a pixel. */
  int offset(int row, int column) {
    return buffer.offset(row, column) + channel;
  }
}
