package io.okxexporter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegotiationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          ^^                                                                    | TEXT
          */*                                                                   | TEXT
          text/*                                                                | TEXT
          application/*                                                         | TEXT
          text/plain                                                            | TEXT
          application/json                                                      | TEXT
          text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8 | TEXT
          application/openmetrics-text                                          | OPENMETRICS
          Application/OpenMetrics-Text                                          | OPENMETRICS
          application/openmetrics-text;version=1.0.0                            | OPENMETRICS
          application/openmetrics-text; version="1.0.0"; charset=utf-8          | OPENMETRICS
          application/openmetrics-text;version=0.0.1                            | OPENMETRICS_DRAFT
          application/openmetrics-text;version=0.0.1,*/*;q=0.1                  | OPENMETRICS_DRAFT
          application/openmetrics-text;version=0.0.1;q=0.2,text/plain;q=0.3     | TEXT
          application/openmetrics-text;version=0.0.1;q=0                        | TEXT
          application/openmetrics-text;version=0.0.1,application/openmetrics-text;version=1.0.0 | OPENMETRICS
          application/openmetrics-text;version=0.0.2                            | TEXT
          application/openmetrics-text;q=0                                      | TEXT
          application/openmetrics-text;q=0.0,*/*                                | TEXT
          application/openmetrics-text; q = 0 ,*/*                              | TEXT
          application/openmetrics-text;Q=0,*/*                                  | TEXT
          application/openmetrics-text;q=nonsense                               | TEXT
          application/openmetrics-text;q=0.000,text/plain;q=0                   | TEXT
          application/openmetrics-text;q=0.5,text/plain;q=0.6                   | TEXT
          application/openmetrics-text;q=0.6,text/plain;q=0.5                   | OPENMETRICS
          application/openmetrics-text,text/plain                               | OPENMETRICS
          text/plain,application/openmetrics-text                               | OPENMETRICS
          application/openmetrics-text;q=0.5,*/*                                | TEXT
          text/plain;q=0.1,application/openmetrics-text;q=0.5,*/*;q=0.9         | OPENMETRICS
          text/plain;q=0,*/*                                                    | TEXT
          application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1 | OPENMETRICS
          text/plain;version=0.0.4;q=0.5,application/openmetrics-text;version=1.0.0;q=0.3 | TEXT
          application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2 | OPENMETRICS
          application/openmetrics-text;version=0.0.1;q=1,application/openmetrics-text;version=1.0.0;q=0.2,text/plain;q=0.4 | OPENMETRICS_DRAFT
          """)
  void the_format_is_the_one_the_client_wants_most(String accept, ExpositionFormat expected) {
    assertThat(Negotiation.format(List.of(accept))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          ^^                      | false
          gzip                    | true
          GZIP                    | true
          gzip;q=1.0              | true
          gzip; q=0.5             | true
          gzip;q=0                | false
          gzip;q=0.000            | false
          gzip;q=0, *             | false
          *                       | true
          *;q=0                   | false
          identity                | false
          deflate, br             | false
          deflate, gzip;q=0.3, br | true
          identity;q=0.5, gzip    | true
          gzip;q=0.5, identity    | false
          identity, gzip          | true
          """)
  void compresses_for_those_who_accept_it(String acceptEncoding, boolean expected) {
    assertThat(Negotiation.gzip(List.of(acceptEncoding))).isEqualTo(expected);
  }

  @Test
  void several_headers_are_one_list() {
    assertThat(Negotiation.format(List.of("text/plain;q=0.4", "application/openmetrics-text")))
        .isEqualTo(ExpositionFormat.OPENMETRICS);
    assertThat(Negotiation.format(List.of())).isEqualTo(ExpositionFormat.TEXT);
    assertThat(Negotiation.gzip(List.of())).isFalse();
  }

  @Property
  void no_header_is_too_strange(
      @ForAll
          @Chars({',', ';', '=', '"', '\\', '/', '*', 'q', '.', ' '})
          @CharRange(from = '0', to = '9')
          @StringLength(max = 40)
          String header) {
    assertThatCode(() -> Negotiation.format(List.of(header))).doesNotThrowAnyException();
    assertThatCode(() -> Negotiation.gzip(List.of(header))).doesNotThrowAnyException();
  }
}
