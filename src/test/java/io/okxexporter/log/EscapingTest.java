package io.okxexporter.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class EscapingTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PAIR =
      Pattern.compile("\\G([A-Za-z0-9_.-]+)=(\"(?:[^\"\\\\]|\\\\.)*\"|[^ \"=]+)(?: |$)");

  @Property(tries = 2000)
  void any_text_stays_on_one_json_line_and_comes_back(@ForAll("text") String text)
      throws JsonProcessingException {
    Map<String, @Nullable Object> fields = fields(text);
    String line = roundTrip(LogFormat.JSON.line(fields));

    assertThat(line).doesNotContainPattern("[\\p{Cc}\\p{Cf}\u2028\u2029]");
    assertThat(JSON.readValue(line, new TypeReference<LinkedHashMap<String, Object>>() {}))
        .containsExactlyEntriesOf(fields);
  }

  @Property(tries = 2000)
  void any_text_stays_on_one_logfmt_line_and_comes_back(@ForAll("text") String text)
      throws JsonProcessingException {
    Map<String, @Nullable Object> fields = fields(text);
    String line = roundTrip(LogFormat.LOGFMT.line(fields));

    assertThat(line).doesNotContainPattern("[\\p{Cc}\\p{Cf}\u2028\u2029]");
    assertThat(parsed(line)).containsExactlyEntriesOf(fields);
  }

  @Provide
  Arbitrary<String> text() {
    Arbitrary<String> hostile =
        Arbitraries.of(
                "\n",
                "\r",
                "\u0085",
                "\u2028",
                "\"",
                "\\",
                "\\n",
                " ",
                "=",
                "level=error",
                "\u001b[2J",
                "\u202e",
                "\ud83d\ude00",
                "\ud83d",
                "\ude00",
                "}",
                "{}",
                "\0",
                "é")
            .list()
            .ofMaxSize(12)
            .map(parts -> String.join("", parts));
    return Arbitraries.oneOf(hostile, Arbitraries.strings().all());
  }

  private static Map<String, @Nullable Object> fields(String text) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("msg", text);
    fields.put("user", text + text);
    fields.put("last", "end");
    return fields;
  }

  private static String roundTrip(String line) {
    return new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** Parses logfmt; fails if there is anything between the pairs. */
  private static Map<String, @Nullable Object> parsed(String line) throws JsonProcessingException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    Matcher pair = PAIR.matcher(line);
    int end = 0;
    while (pair.find()) {
      String value = pair.group(2);
      fields.put(
          pair.group(1), value.startsWith("\"") ? JSON.readValue(value, String.class) : value);
      end = pair.end();
    }
    assertThat(end).isEqualTo(line.length());
    return fields;
  }
}
