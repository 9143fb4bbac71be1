package org.inceptionspark.learn;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.inceptionspark.job.ModelRequest;
import org.inceptionspark.job.ModelVariant;
import org.inceptionspark.job.PixelOptions;
import org.inceptionspark.job.RequestedModels;
import org.inceptionspark.job.ResultOptions;
import org.inceptionspark.job.task.SharedModel;

/**
 * A stage of MLlib pipelines: bytes of image files in, embeddings out, as vectors of the PreLogits
 * end point (2048 values at full width). An image that cannot be embedded gets a null vector, and
 * its error column says why, such as {@code CORRUPT: ...}; otherwise the error is null. A saved
 * stage has the path of its weights, not the weights.
 *
 * <pre>{@code
 * Dataset<Row> vectors =
 *     new InceptionV3Featurizer().setWeights("inception_v3.ckpt")
 *         .transform(spark.read().format("binaryFile").load("s3a://bucket/photos"));
 * }</pre>
 */
public final class InceptionV3Featurizer extends Transformer implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final Param<String> errorCol;
  private final Param<String> weights;
  private final Param<String> preprocessing;
  private final Param<String> orientation;
  private final Param<String> decode;
  private final IntParam batch;

  public InceptionV3Featurizer() {
    this(Identifiable$.MODULE$.randomUID("inceptionV3Featurizer"));
  }

  /** For {@link #load}. */
  public InceptionV3Featurizer(String uid) {
    this.uid = uid;
    inputCol = new Param<>(this, "inputCol", "binary column with the bytes of image files");
    outputCol = new Param<>(this, "outputCol", "vector column for the embeddings");
    errorCol = new Param<>(this, "errorCol", "string column for why there is no embedding");
    weights = new Param<>(this, "weights", "path or URI of the model's weight file");
    preprocessing = new Param<>(this, "preprocessing", "how pictures become the network's input");
    orientation = new Param<>(this, "orientation", "apply or ignore EXIF orientation");
    decode = new Param<>(this, "decode", "full, or scaled: large JPEGs at 1/2, 1/4 or 1/8");
    batch = new IntParam(this, "batch", "images that go together", ParamValidators.gtEq(1));
    setDefault(inputCol, "content");
    setDefault(outputCol, "features");
    setDefault(errorCol, "error");
    setDefault(orientation, "apply");
    setDefault(decode, "full");
    setDefault(batch, 8);
  }

  /** Reads a saved stage. */
  public static InceptionV3Featurizer load(String path) {
    return read().load(path);
  }

  /** Called when pipelines are loaded. */
  public static MLReader<InceptionV3Featurizer> read() {
    return new DefaultParamsReader<>();
  }

  @Override
  public String uid() {
    return uid;
  }

  public Param<String> inputCol() {
    return inputCol;
  }

  public Param<String> outputCol() {
    return outputCol;
  }

  public Param<String> errorCol() {
    return errorCol;
  }

  public Param<String> weights() {
    return weights;
  }

  public Param<String> preprocessing() {
    return preprocessing;
  }

  public Param<String> orientation() {
    return orientation;
  }

  public Param<String> decode() {
    return decode;
  }

  public IntParam batch() {
    return batch;
  }

  /** The column with the bytes of image files; by default {@code content}, as in binaryFile. */
  public InceptionV3Featurizer setInputCol(String name) {
    set(inputCol, name);
    return this;
  }

  /** The column for the vectors; by default {@code features}. */
  public InceptionV3Featurizer setOutputCol(String name) {
    set(outputCol, name);
    return this;
  }

  /** The column for errors; by default {@code error}. */
  public InceptionV3Featurizer setErrorCol(String name) {
    set(errorCol, name);
    return this;
  }

  /** Path or URI of the weight file, of any format that the job reads. Required. */
  public InceptionV3Featurizer setWeights(String file) {
    set(weights, file);
    return this;
  }

  /** How pictures become the network's input; by default as the model was trained. */
  public InceptionV3Featurizer setPreprocessing(String name) {
    set(preprocessing, name);
    return this;
  }

  /** {@code apply} EXIF orientation, or {@code ignore} it as TensorFlow does. */
  public InceptionV3Featurizer setOrientation(String word) {
    set(orientation, word);
    return this;
  }

  /** {@code scaled} decodes large JPEGs at 1/2, 1/4 or 1/8, {@code full} every pixel. */
  public InceptionV3Featurizer setDecode(String word) {
    set(decode, word);
    return this;
  }

  /** Images that pass through the network together; by default 8. */
  public InceptionV3Featurizer setBatch(int images) {
    set(batch, images);
    return this;
  }

  /**
   * @throws IllegalArgumentException if the input is absent or not binary, or an output exists
   */
  @Override
  public StructType transformSchema(StructType schema) {
    String input = $(inputCol);
    if (!List.of(schema.fieldNames()).contains(input)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: no column %s, there are %s",
              uid,
              input,
              List.of(schema.fieldNames())));
    }
    if (!schema.apply(input).dataType().equals(DataTypes.BinaryType)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: column %s is %s, needed binary",
              uid,
              input,
              schema.apply(input).dataType().simpleString()));
    }
    for (String output : List.of($(outputCol), $(errorCol))) {
      if (List.of(schema.fieldNames()).contains(output)) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "%s: column %s is there already", uid, output));
      }
    }
    return schema
        .add($(outputCol), SQLDataTypes.VectorType(), true)
        .add($(errorCol), DataTypes.StringType, true);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    SharedModel model = RequestedModels.of(dataset.sparkSession(), request());
    int input = dataset.schema().fieldIndex($(inputCol));
    int images = (Integer) $(batch);
    return dataset
        .toDF()
        .mapPartitions(new FeaturizePartition(model, input, images), Encoders.row(schema));
  }

  private ModelRequest request() {
    if (!isDefined(weights)) {
      throw new IllegalArgumentException(uid + ": weights is not set");
    }
    PixelOptions pixels =
        new PixelOptions(
            $(orientation),
            $(decode),
            isDefined(preprocessing) ? Optional.of($(preprocessing)) : Optional.empty());
    return new ModelRequest(
        $(weights),
        ModelVariant.of(pixels, Optional.empty()),
        ResultOptions.of(Optional.empty(), 1));
  }

  @Override
  public InceptionV3Featurizer copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public void save(String path) throws IOException {
    write().save(path);
  }
}
