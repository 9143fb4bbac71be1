package org.inceptionspark.labels;

import java.io.Serializable;

/**
 * One answer of the classifier.
 *
 * @param index of the class in the logits, from 0
 * @param label its name, or the index in digits when the model has no names
 * @param probability softmax (or sigmoid) of its logit, in [0, 1]
 */
public record Label(int index, String label, float probability) implements Serializable {}
