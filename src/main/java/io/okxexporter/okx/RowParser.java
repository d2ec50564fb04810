package io.okxexporter.okx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Parses a response whose {@code data} is a list of rows, and takes {@code code} and the named
 * fields of each row. All other values are skipped as bytes: they may be addresses, e-mails, phone
 * numbers or transaction ids, which must not become objects. OKX's {@code msg} may quote them, too.
 */
final class RowParser {
  /** Keeps no name that it meets, neither interned nor in a buffer for the next response. */
  private static final JsonFactory FACTORY =
      ResponseClassifier.FACTORY
          .rebuild()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
          .build();

  private static final ObjectReader VALUES =
      ResponseClassifier.JSON.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** OKX's codes have five digits at most; what is longer may be a phone number. */
  private static final Pattern CODE = Pattern.compile("-?\\d{1,6}");

  /** Stands for all other codes. */
  private static final JsonNode OTHER_CODE = TextNode.valueOf("other");

  private final JsonParser parser;
  private final Set<String> fields;

  private RowParser(JsonParser parser, Set<String> fields) {
    this.parser = parser;
    this.fields = fields;
  }

  /**
   * Returns {@code code} and {@code data}; an element of {@code data} that is not an object becomes
   * null, so that it is noticed.
   */
  static JsonNode parse(byte[] body, Set<String> fields) throws IOException {
    // A factory remembers names, so each response has its own.
    try (JsonParser parser = FACTORY.copy().createParser(body)) {
      return new RowParser(parser, fields).response();
    }
  }

  private JsonNode response() throws IOException {
    ObjectNode response = NODES.objectNode();
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return response;
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      if (name.equals("code") && token.isScalarValue()) {
        response.set("code", code(VALUES.readTree(parser)));
      } else if (name.equals("data") && token == JsonToken.START_ARRAY) {
        response.set("data", rows());
      } else {
        parser.skipChildren();
      }
    }
    if (parser.nextToken() != null) {
      throw new JsonParseException(parser, "more than one value");
    }
    return response;
  }

  private static JsonNode code(JsonNode code) {
    String text = code.isTextual() || code.isIntegralNumber() ? code.asText() : "";
    return text.isBlank() || CODE.matcher(text).matches() ? code : OTHER_CODE;
  }

  private ArrayNode rows() throws IOException {
    ArrayNode rows = NODES.arrayNode();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        rows.add(row());
      } else {
        parser.skipChildren();
        rows.addNull();
      }
    }
    return rows;
  }

  /** Leaves out a field that is an object or a list. */
  private ObjectNode row() throws IOException {
    ObjectNode row = NODES.objectNode();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      if (parser.nextToken().isScalarValue() && fields.contains(name)) {
        row.set(name, VALUES.readTree(parser));
      } else {
        parser.skipChildren();
      }
    }
    return row;
  }
}
