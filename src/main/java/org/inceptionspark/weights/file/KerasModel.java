package org.inceptionspark.weights.file;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** A file that may hold, beside the weights, how Keras built the model. */
public interface KerasModel {
  /** The model's class name and configuration; empty in files that hold weights only. */
  Optional<JsonNode> config();
}
