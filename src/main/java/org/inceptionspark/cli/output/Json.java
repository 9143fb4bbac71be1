package org.inceptionspark.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON object that keeps the order of its fields, for the output of commands. */
public final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Map<String, Object> fields = new LinkedHashMap<>();

  private Json() {}

  public static Json object() {
    return new Json();
  }

  /** Adds a field: a number, a string, a boolean, a list of these or of {@link #fields}. */
  public Json with(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  /** The fields, for use in another object. */
  public Map<String, Object> fields() {
    return fields;
  }

  public String text() {
    try {
      return MAPPER.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON output: " + e.getOriginalMessage(), e);
    }
  }
}
