package org.inceptionspark.labeler;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.inceptionspark.image.ImageDecoder;
import org.inceptionspark.image.core.ImageException;
import org.inceptionspark.image.core.Region;
import org.inceptionspark.image.core.RgbImage;
import org.inceptionspark.image.draw.HeatMap;
import org.inceptionspark.inception.InceptionV3;
import org.inceptionspark.labeler.ActivationMap.Head;
import org.inceptionspark.labels.Label;
import org.inceptionspark.labels.TopK;
import org.inceptionspark.nn.MapShape;

/**
 * Shows which parts of an image speak for a label. The network ends in an average over places and a
 * head that is linear, or linear around each image, so every logit is a sum over places: exact, not
 * an estimate. What a place sees is another question: at this depth most of the image, its centre
 * best. For one thread.
 */
public final class Explainer {
  /** The end point that a specification must keep to be explained by. */
  public static final String END_POINT = "Mixed_7c";

  /**
   * Places of Mixed_7c are centred on input pixels 37, 69, ... 261 of 299, as follows from the
   * strides and unpadded convolutions before it, so their squares leave a border of 21 to 22
   * pixels.
   */
  private static final double BORDER = 21.5 / 299;

  private final LabelerSpec spec;
  private final LabelerStream stream;
  private final ImageDecoder decoder;
  private final MapShape map;
  private final TopK all;

  private Explainer(LabelerSpec spec) {
    this.spec = spec;
    this.stream = ImageLabeler.create(spec).stream(1);
    this.decoder = new ImageDecoder(spec.orientation(), spec.maxPixels());
    this.map = spec.graph().endPoint(END_POINT).node().output();
    this.all = new TopK(spec.classes(), spec.labels());
  }

  /**
   * Builds the network; takes a second or two.
   *
   * @throws IllegalArgumentException if the model has no classes, or the specification does not
   *     keep {@link #END_POINT}
   */
  public static Explainer create(LabelerSpec spec) {
    if (spec.classes() == 0) {
      throw new IllegalArgumentException(
          "the model has no classes, so there is nothing to explain");
    }
    if (!spec.endPoints().contains(END_POINT)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "explaining needs the end point %s, found %s",
              END_POINT,
              spec.endPoints()));
    }
    return new Explainer(spec);
  }

  /**
   * Explains one label of an image.
   *
   * @param image the bytes of its file
   * @param index the class; if empty, the most probable one
   * @throws ImageException if the picture cannot be read
   * @throws IllegalArgumentException if there is no such class
   */
  public Explanation explain(byte[] image, OptionalInt index) throws ImageException {
    if (index.isPresent() && (index.getAsInt() < 0 || index.getAsInt() >= spec.classes())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "class %d: the model has classes 0 to %d",
              index.getAsInt(),
              spec.classes() - 1));
    }
    RgbImage picture = decoder.decode(image).pixels();
    LabelResult result = stream.label(List.of(image)).get(0);
    Label label = label(result.logits(), index);
    ActivationMap activation = activation(result, label.index());
    return new Explanation(result, label, activation, picture, heat(activation, picture));
  }

  private Label label(float[] logits, OptionalInt index) {
    List<Label> labels =
        switch (spec.weights().traits().output()) {
          case SOFTMAX -> all.ofSoftmax(logits);
          case SIGMOID -> all.ofSigmoid(logits);
        };
    return labels.stream()
        .filter(label -> index.isEmpty() || label.index() == index.getAsInt())
        .findFirst()
        .orElseThrow();
  }

  private ActivationMap activation(LabelResult result, int index) {
    int hidden = spec.weights().traits().hiddenUnits().size();
    HeadGradient gradient =
        HeadGradient.of(spec.weights().variables(), hidden, result.prelogits(), index);
    return new ActivationMap(
        map.height(),
        map.width(),
        gradient.contributions(result.endPoints().get(END_POINT)),
        gradient.bias(),
        hidden == 0 ? Head.LINEAR : Head.PIECEWISE_LINEAR);
  }

  private HeatMap heat(ActivationMap activation, RgbImage picture) {
    int size = InceptionV3.DEFAULT_IMAGE_SIZE;
    Region seen = spec.preprocessing().shows(picture.height(), picture.width(), size, size);
    return new HeatMap(
        activation.rows(),
        activation.columns(),
        activation.contributions(),
        seen.inset(BORDER),
        seen);
  }
}
