package org.inceptionspark.labeler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inceptionspark.image.ImageSummary;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.nn.MapShape;
import org.inceptionspark.nn.run.Network;
import org.inceptionspark.nn.run.NetworkStream;

/** Labels images, a batch at a time, in one thread. */
public final class LabelerStream {
  private final LabelerSettings rules;
  private final MapShape input;
  private final NetworkStream network;
  private long decodeNanos;
  private long forwardNanos;

  LabelerStream(LabelerSettings rules, MapShape input, NetworkStream network) {
    this.rules = rules;
    this.input = input;
    this.network = network;
  }

  /** Hands this stream's memory to another; this one must not be used any more. */
  LabelerStream under(LabelerSettings others, Network owner) {
    if (!owner.owns(network)) {
      throw new IllegalArgumentException("a stream of another network");
    }
    return new LabelerStream(others, input, network);
  }

  /** Images that pass through the network together, at most. */
  public int maxBatch() {
    return network.batch();
  }

  /** An image whose pixels are in the network's input. */
  private record Waiting(int index, String sha256, ImageSummary picture) {}

  /**
   * Labels every image or says why it cannot: one result per image, in order. Any number may be
   * given; bad images take no place in a batch.
   */
  public List<LabelResult> label(List<byte[]> images) {
    LabelResult[] results = new LabelResult[images.size()];
    List<Waiting> waiting = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      String sha256 = Sha256.of(images.get(i));
      try {
        waiting.add(new Waiting(i, sha256, decode(images.get(i), waiting.size())));
      } catch (ImageException e) {
        results[i] = failure(sha256, e);
      }
      if (waiting.size() == network.batch()) {
        run(waiting, results);
      }
    }
    if (!waiting.isEmpty()) {
      run(waiting, results);
    }
    return Arrays.asList(results);
  }

  /** What it has spent its time on so far. */
  public StreamTimes times() {
    return new StreamTimes(Duration.ofNanos(decodeNanos), Duration.ofNanos(forwardNanos));
  }

  private ImageSummary decode(byte[] image, int slot) throws ImageException {
    long start = System.nanoTime();
    try {
      return rules
          .decoder()
          .decodeInto(
              image,
              rules.preprocessing(),
              input.height(),
              input.width(),
              network.input(),
              network.inputOffset(slot));
    } finally {
      decodeNanos += System.nanoTime() - start;
    }
  }

  private void run(List<Waiting> waiting, LabelResult[] results) {
    long start = System.nanoTime();
    network.run(waiting.size());
    forwardNanos += System.nanoTime() - start;
    for (int slot = 0; slot < waiting.size(); slot++) {
      results[waiting.get(slot).index()] = success(waiting.get(slot), slot);
    }
    waiting.clear();
  }

  private LabelResult success(Waiting image, int slot) {
    float[] logits = rules.classes() == 0 ? null : network.result(ImageLabeler.LOGITS, slot);
    Map<String, float[]> endPoints = new LinkedHashMap<>();
    for (String name : rules.endPoints()) {
      endPoints.put(name, network.result(name, slot));
    }
    return new LabelResult(
        image.sha256(),
        image.picture().format(),
        image.picture().width(),
        image.picture().height(),
        logits,
        rules.precision().round(network.result(rules.embedding(), slot)),
        rules.labels(logits),
        endPoints,
        null);
  }

  private static LabelResult failure(String sha256, ImageException e) {
    ImageError error = new ImageError(e.kind().name(), e.getMessage());
    return LabelResult.unlabelled(sha256, error);
  }
}
