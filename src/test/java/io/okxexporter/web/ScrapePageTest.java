package io.okxexporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Awaiting;
import io.okxexporter.fixture.CapturedLog;
import io.okxexporter.web.status.Views;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrapePageTest {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPENMETRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores";
  private static final String PROMETHEUS =
      "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -          | -                 | TEXT        | -
          -          | gzip              | TEXT        | gzip
          */*        | gzip;q=0          | TEXT        | -
          */*        | gzip, deflate, br | TEXT        | gzip
          PROMETHEUS | gzip              | OPENMETRICS | gzip
          PROMETHEUS | gzip;q=1.0        | OPENMETRICS | gzip
          PROMETHEUS | -                 | OPENMETRICS | -
          PROMETHEUS | *                 | OPENMETRICS | gzip
          PROMETHEUS | identity          | OPENMETRICS | -
          text/plain | *;q=0             | TEXT        | -
          ,;=",      | ,;=",             | TEXT        | -
          """)
  void answers_in_the_form_asked_for(
      String accept, String coding, ExpositionFormat format, String coded) throws Exception {
    try (WebFixture web =
        new WebFixture(
            (it, out) -> out.write(it.format().name().getBytes(StandardCharsets.UTF_8)))) {
      HttpResponse<byte[]> response =
          web.bytes("/metrics", headers(accept.replace("PROMETHEUS", PROMETHEUS), coding));
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type"))
          .hasValue(format == ExpositionFormat.TEXT ? TEXT : OPENMETRICS);
      assertThat(response.headers().firstValue("Content-Encoding").orElse("-")).isEqualTo(coded);
      assertThat(response.headers().firstValue("Vary")).hasValue("Accept, Accept-Encoding");
      assertThat(text(response)).isEqualTo(format.name());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -                                                            | UNDERSCORES | TEXT
          PROMETHEUS                                                   | UNDERSCORES | OM; escaping=underscores
          text/plain;version=0.0.4;escaping=values                     | VALUES      | TEXT; escaping=values
          text/plain;escaping=underscores                              | UNDERSCORES | TEXT; escaping=underscores
          text/plain;version=1.0.0;escaping=allow-utf-8                | UNDERSCORES | TEXT
          application/openmetrics-text;escaping=allow-utf-8            | ALLOW_UTF_8 | OM; escaping=allow-utf-8
          application/openmetrics-text;escaping=allow-utf8             | ALLOW_UTF_8 | OM; escaping=allow-utf-8
          application/openmetrics-text;version=1.0.0;escaping=dots     | DOTS        | OM; escaping=dots
          application/openmetrics-text;version=1.0.0;escaping="values" | VALUES      | OM; escaping=values
          application/openmetrics-text;version=0.0.1                   | UNDERSCORES | DRAFT
          application/openmetrics-text;version=0.0.1;escaping=dots     | DOTS        | DRAFT; escaping=dots
          application/openmetrics-text;escaping=nonsense               | UNDERSCORES | OM; escaping=underscores
          application/openmetrics-text;version=1.0.0;escaping=dots;q=0.2,text/plain;escaping=values;q=0.3 | VALUES | TEXT; escaping=values
          application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2 | ALLOW_UTF_8 | OM; escaping=allow-utf-8
          """)
  void names_are_escaped_as_asked_and_the_type_says_how(
      String accept, NameEscaping escaping, String type) throws Exception {
    try (WebFixture web =
        new WebFixture(
            (it, out) -> out.write(it.escaping().name().getBytes(StandardCharsets.UTF_8)))) {
      for (String coding : List.of("-", "gzip", "gzip;q=0", "*", "identity, gzip;q=0.5")) {
        HttpResponse<byte[]> response =
            web.bytes("/metrics", headers(accept.replace("PROMETHEUS", PROMETHEUS), coding));
        assertThat(text(response)).isEqualTo(escaping.name());
        assertThat(response.headers().firstValue("Content-Type"))
            .hasValue(
                type.replace("TEXT", TEXT)
                    .replace("OM", "application/openmetrics-text; version=1.0.0; charset=utf-8")
                    .replace(
                        "DRAFT", "application/openmetrics-text; version=0.0.1; charset=utf-8"));
        assertThat(response.headers().firstValue("Content-Encoding").isPresent())
            .isEqualTo(coding.equals("gzip") || coding.equals("*"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /metrics                                    | okx_up okx_api_requests jvm_x jvm_runtime_info
          /metrics?name[]=okx_up                      | okx_up
          /metrics?name%5B%5D=okx_up                  | okx_up
          /metrics?name[]=okx_up&name[]=jvm_x         | okx_up jvm_x
          /metrics?name[]=okx_api_requests_total      | okx_api_requests
          /metrics?name[]=okx_api_requests            | okx_api_requests
          /metrics?name[]=jvm_runtime                 | jvm_runtime_info
          /metrics?name[]=okx                         | ''
          /metrics?name[]=                            | ''
          /metrics?name=okx_up&x=y                    | okx_up okx_api_requests jvm_x jvm_runtime_info
          """)
  void only_the_families_asked_for(String path, String expected) throws Exception {
    MetricsRenderer renderer =
        (it, out) ->
            out.write(
                Stream.of("okx_up", "okx_api_requests", "jvm_x", "jvm_runtime_info")
                    .filter(it.names())
                    .collect(Collectors.joining(" "))
                    .getBytes(StandardCharsets.UTF_8));
    try (WebFixture web = new WebFixture(renderer)) {
      String response =
          web.exchange("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(response).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n" + expected);
    }
  }

  @Test
  void a_malformed_query_is_the_clients_fault() throws Exception {
    try (WebFixture web = new WebFixture()) {
      String response =
          web.exchange("GET /metrics?name[]=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(response).startsWith("HTTP/1.1 400").doesNotContainIgnoringCase("jetty");
    }
  }

  @Test
  void beyond_the_bound_scrapes_are_refused_until_one_is_taken_to_its_end() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(2);
    MetricsRenderer renderer =
        (it, out) -> {
          begun.countDown();
          await(go);
        };
    try (WebFixture web = new WebFixture(renderer, UnprotectedWeb.protection(), 2, null)) {
      var first = web.getAsync("/metrics");
      var second = web.getAsync("/metrics");
      begun.await();
      HttpResponse<String> third = web.get("/metrics");
      assertThat(third.statusCode()).isEqualTo(503);
      assertThat(third.body())
          .isEqualTo("limit of concurrent requests reached (2), try again later\n");
      assertThat(web.get("/-/healthy").statusCode()).isEqualTo(200);
      go.countDown();
      assertThat(first.get().statusCode()).isEqualTo(200);
      assertThat(second.get().statusCode()).isEqualTo(200);
      // More scrapes than the limit; each ends a moment after its last byte was read.
      for (int i = 0; i < 3; i++) {
        Awaiting.until(() -> web.get("/metrics").statusCode() == 200);
      }
    }
  }

  @Test
  void a_reader_that_stops_is_in_progress_for_as_long_as_it_stays() throws Exception {
    try (WebFixture web =
        new WebFixture(
            (it, out) -> out.write(new byte[16 << 20]), UnprotectedWeb.protection(), 1, null)) {
      try (Socket slow = web.raw("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")) {
        assertThat(slow.getInputStream().read()).isEqualTo('H');
        assertThat(web.get("/metrics").statusCode()).isEqualTo(503);
      }
      Awaiting.until(() -> web.get("/metrics").statusCode() == 200);
    }
  }

  static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  @Test
  void a_failure_is_a_clean_500_and_passes() throws Exception {
    AtomicBoolean failing = new AtomicBoolean(true);
    MetricsRenderer renderer =
        (request, out) -> {
          out.write(WebFixture.METRICS.getBytes(StandardCharsets.UTF_8));
          if (failing.get()) {
            throw new IllegalStateException("no number: " + Views.TOTAL);
          }
        };
    try (WebFixture web = new WebFixture(renderer);
        CapturedLog log = new CapturedLog()) {
      for (String coding : List.of("gzip", "identity")) {
        HttpResponse<String> response = web.get("/metrics", "Accept-Encoding", coding);
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(response.body()).isEqualTo("scrape failed\n");
      }
      failing.set(false);
      assertThat(web.get("/metrics").body()).isEqualTo(WebFixture.METRICS);
      assertThat(web.get("/metrics").statusCode()).isEqualTo(200);
      assertThat(log.levels("web")).containsExactly("error", "debug", "info");
      assertThat(log.text())
          .contains(
              "level=error component=web"
                  + " msg=\"web server failure; repeats are logged at debug\" part=scrape"
                  + " err=\"java.lang.IllegalStateException at io.okxexporter.web")
          .contains("msg=\"web server recovered\" part=scrape")
          .doesNotContain(Views.TOTAL);
    }
  }

  @Test
  void an_io_failure_is_one_too() throws Exception {
    MetricsRenderer renderer =
        (request, out) -> {
          throw new IOException("disk");
        };
    try (WebFixture web = new WebFixture(renderer)) {
      assertThat(web.get("/metrics").statusCode()).isEqualTo(500);
      assertThat(web.get("/-/healthy").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_hundred_scrapers_at_once_all_get_a_whole_answer_from_16_threads() throws Exception {
    byte[] metrics = "okx_up 1\n".repeat(50_000).getBytes(StandardCharsets.UTF_8);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger maxRunning = new AtomicInteger();
    MetricsRenderer renderer =
        (request, out) -> {
          maxRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
          out.write(metrics);
          running.decrementAndGet();
        };
    try (WebFixture web = new WebFixture(renderer)) {
      List<CompletableFuture<HttpResponse<byte[]>>> responses = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        responses.add(web.getAsync("/metrics", headers("-", i % 2 == 0 ? "gzip" : "-")));
      }
      for (CompletableFuture<HttpResponse<byte[]>> response : responses) {
        assertThat(response.get().statusCode()).isEqualTo(200);
        assertThat(Arrays.equals(plain(response.get()), metrics)).isTrue();
      }
      assertThat(maxRunning.get()).isBetween(1, 16);
    }
  }

  private static String[] headers(String accept, String coding) {
    List<String> headers = new ArrayList<>();
    if (!accept.equals("-")) {
      headers.addAll(List.of("Accept", accept));
    }
    if (!coding.equals("-")) {
      headers.addAll(List.of("Accept-Encoding", coding));
    }
    return headers.toArray(String[]::new);
  }

  private static String text(HttpResponse<byte[]> response) throws IOException {
    return new String(plain(response), StandardCharsets.UTF_8);
  }

  private static byte[] plain(HttpResponse<byte[]> response) throws IOException {
    if (response.headers().firstValue("Content-Encoding").isEmpty()) {
      return response.body();
    }
    return new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
  }
}
