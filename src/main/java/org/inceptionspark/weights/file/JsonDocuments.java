package org.inceptionspark.weights.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.inceptionspark.weights.file.WeightsException.Kind;

/** JSON from weight files: Jackson bounds its depth and the length of its strings and numbers. */
public final class JsonDocuments {
  /** A whole Keras topology takes about 200 kB, a header of tensors about 100 kB. */
  private static final int LARGEST = 64 << 20;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private JsonDocuments() {}

  /**
   * Parses the rest of a window.
   *
   * @throws WeightsException TRUNCATED if it ends early, DUPLICATE if an object has a key twice,
   *     BAD_STRUCTURE if it is not JSON or not UTF-8
   */
  public static JsonNode parse(ByteCursor json) {
    if (json.remaining() > LARGEST) {
      throw json.error(Kind.BAD_STRUCTURE, json.remaining() + " bytes of JSON are too many");
    }
    try {
      JsonNode document = MAPPER.readTree(json.strictUtf8(json.remaining()));
      return document == null ? MAPPER.nullNode() : document;
    } catch (JsonEOFException e) {
      throw json.error(Kind.TRUNCATED, "JSON ends early: " + e.getOriginalMessage());
    } catch (JsonProcessingException e) {
      boolean duplicate = e.getOriginalMessage().startsWith("Duplicate field");
      throw json.error(
          duplicate ? Kind.DUPLICATE : Kind.BAD_STRUCTURE, "JSON: " + e.getOriginalMessage());
    }
  }
}
