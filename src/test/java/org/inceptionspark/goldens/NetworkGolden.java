package org.inceptionspark.goldens;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.inceptionspark.inception.InceptionV3Options;
import org.inceptionspark.nn.Normalization;

/** One of the networks that TF-Slim ran on formula weights: its options and its results. */
public final class NetworkGolden {
  /** All of them; the numbers in a name are the image's size. */
  public static final List<String> NAMES =
      List.of(
          "full-299",
          "features",
          "gamma",
          "global-pool-400",
          "half-width",
          "min-depth-64",
          "no-batch-norm",
          "size-75",
          "size-150",
          "size-224",
          "size-331",
          "size-400x600",
          "tenth-width");

  private static final String FOLDER = "/goldens/network/";

  private final String name;
  private final JsonNode json;

  private NetworkGolden(String name, JsonNode json) {
    this.name = name;
    this.json = json;
  }

  public static NetworkGolden named(String name) {
    try (InputStream in = NetworkGolden.class.getResourceAsStream(FOLDER + name + ".json")) {
      return new NetworkGolden(name, new ObjectMapper().readTree(in));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A value of the flattened result. */
  public record Sample(int index, float value) {}

  public int height() {
    return option("h").asInt();
  }

  public int width() {
    return option("w").asInt();
  }

  public int batch() {
    return option("batch").asInt();
  }

  public int parameters() {
    return json.get("parameter_count").asInt();
  }

  public int variables() {
    return json.get("variable_count").asInt();
  }

  public InceptionV3Options options() {
    InceptionV3Options.Builder options =
        InceptionV3Options.builder(option("num_classes").asInt(0))
            .depthMultiplier(option("depth_multiplier").asDouble())
            .minDepth(option("min_depth").asInt())
            .normalization(normalization());
    if (!option("create_aux_logits").asBoolean()) {
      options.withoutAuxLogits();
    }
    if (!option("spatial_squeeze").asBoolean()) {
      options.withoutSpatialSqueeze();
    }
    if (option("global_pool").asBoolean()) {
      options.globalPool();
    }
    return options.build();
  }

  public float[] input() {
    return Formula.smoothInput(name, batch(), height(), width());
  }

  public List<String> endPoints() {
    List<String> names = new ArrayList<>();
    json.get("end_points").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** With the batch in front. */
  public List<Integer> shape(String endPoint) {
    List<Integer> shape = new ArrayList<>();
    endPoint(endPoint).get("shape").forEach(dimension -> shape.add(dimension.asInt()));
    return shape;
  }

  /** The root of the sum of squares over the batch. */
  public double norm(String endPoint) {
    return endPoint(endPoint).get("l2").asDouble();
  }

  public List<Sample> samples(String endPoint) {
    List<Sample> samples = new ArrayList<>();
    for (JsonNode pair : endPoint(endPoint).get("samples")) {
      samples.add(new Sample(pair.get(0).asInt(), (float) pair.get(1).asDouble()));
    }
    return samples;
  }

  /** The whole result, or null where only samples were kept. */
  public float[] whole(String endPoint) {
    String file = FOLDER + name + "." + endPoint + ".f32";
    try (InputStream in = NetworkGolden.class.getResourceAsStream(file)) {
      if (in == null) {
        return null;
      }
      ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      float[] values = new float[bytes.remaining() / Float.BYTES];
      bytes.asFloatBuffer().get(values);
      return values;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Normalization normalization() {
    if (!option("use_batch_norm").asBoolean()) {
      return Normalization.BIASES;
    }
    return option("batch_norm_scale").asBoolean()
        ? Normalization.BATCH_NORM_WITH_SCALE
        : Normalization.BATCH_NORM;
  }

  private JsonNode endPoint(String endPoint) {
    return json.get("end_points").get(endPoint);
  }

  private JsonNode option(String key) {
    return json.get("options").get(key);
  }
}
