package org.inceptionspark.labeler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inceptionspark.image.ImageDecoder;
import org.inceptionspark.image.ImageException;
import org.inceptionspark.image.ImageSummary;
import org.inceptionspark.labels.Label;
import org.inceptionspark.labels.TopK;
import org.inceptionspark.nn.MapShape;
import org.inceptionspark.nn.run.NetworkStream;

/** Labels images, a batch at a time, in one thread. */
public final class LabelerStream {
  private final LabelerSpec spec;
  private final NetworkStream network;
  private final ImageDecoder decoder;
  private final String embedding;
  private final MapShape input;
  private final TopK top;

  LabelerStream(LabelerSpec spec, NetworkStream network, ImageDecoder decoder, String embedding) {
    this.spec = spec;
    this.network = network;
    this.decoder = decoder;
    this.embedding = embedding;
    this.input = spec.graph().input().output();
    this.top = new TopK(spec.top(), spec.labels());
  }

  /** Images that pass through the network together, at most. */
  public int maxBatch() {
    return network.batch();
  }

  /** An image whose pixels wait in the network's input. */
  private record Waiting(int index, String sha256, ImageSummary picture) {}

  /**
   * Labels every image or says why it cannot: as many results as images, in their order. Bad images
   * take no room in a batch, so any number may be given.
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

  private ImageSummary decode(byte[] image, int slot) throws ImageException {
    return decoder.decodeInto(
        image,
        spec.preprocessing(),
        input.height(),
        input.width(),
        network.input(),
        network.inputOffset(slot));
  }

  private void run(List<Waiting> waiting, LabelResult[] results) {
    network.run(waiting.size());
    for (int slot = 0; slot < waiting.size(); slot++) {
      results[waiting.get(slot).index()] = success(waiting.get(slot), slot);
    }
    waiting.clear();
  }

  private LabelResult success(Waiting image, int slot) {
    float[] logits = spec.classes() == 0 ? null : network.result(ImageLabeler.LOGITS, slot);
    Map<String, float[]> endPoints = new LinkedHashMap<>();
    for (String name : spec.endPoints()) {
      endPoints.put(name, network.result(name, slot));
    }
    return new LabelResult(
        image.sha256(),
        image.picture().format(),
        image.picture().width(),
        image.picture().height(),
        logits,
        network.result(embedding, slot),
        labels(logits),
        endPoints,
        null);
  }

  private List<Label> labels(float[] logits) {
    if (logits == null) {
      return List.of();
    }
    return switch (spec.weights().traits().output()) {
      case SOFTMAX -> top.ofSoftmax(logits);
      case SIGMOID -> top.ofSigmoid(logits);
    };
  }

  private static LabelResult failure(String sha256, ImageException e) {
    ImageError error = new ImageError(e.kind().name(), e.getMessage());
    return new LabelResult(sha256, null, null, null, null, null, null, Map.of(), error);
  }
}
