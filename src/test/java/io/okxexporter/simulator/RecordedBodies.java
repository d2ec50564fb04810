package io.okxexporter.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;

/** Recorded and documented bodies of OKX. */
final class RecordedBodies {
  private RecordedBodies() {}

  static String body(String file) throws IOException {
    try (InputStream in = RecordedBodies.class.getResourceAsStream("/fixtures/okx/" + file)) {
      return new String(in.readAllBytes(), UTF_8).strip();
    }
  }

  /** The JSON with every scalar replaced by its type. */
  static String shape(String json) throws IOException {
    StringBuilder shape = new StringBuilder();
    shape(new ObjectMapper().readTree(json), shape);
    return shape.toString();
  }

  private static void shape(JsonNode node, StringBuilder shape) {
    shape.append(node.getNodeType());
    node.properties()
        .forEach(
            field -> {
              shape.append(' ').append(field.getKey()).append('=');
              shape(field.getValue(), shape);
            });
    node.elements().forEachRemaining(element -> shape(element, shape.append('[')));
    shape.append(';');
  }
}
