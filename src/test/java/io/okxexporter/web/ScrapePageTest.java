package io.okxexporter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.CapturedLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrapePageTest {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPENMETRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";
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
  void answers_in_the_form_asked_for(String accept, String coding, Format format, String coded)
      throws Exception {
    try (Fixture web =
        new Fixture((it, out) -> out.write(it.name().getBytes(StandardCharsets.UTF_8)))) {
      HttpResponse<byte[]> answer =
          web.bytes("/metrics", headers(accept.replace("PROMETHEUS", PROMETHEUS), coding));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type"))
          .hasValue(format == Format.TEXT ? TEXT : OPENMETRICS);
      assertThat(answer.headers().firstValue("Content-Encoding").orElse("-")).isEqualTo(coded);
      assertThat(answer.headers().firstValue("Vary")).hasValue("Accept, Accept-Encoding");
      assertThat(text(answer)).isEqualTo(format.name());
    }
  }

  @Test
  void a_failure_is_a_clean_500_and_passes() throws Exception {
    AtomicBoolean failing = new AtomicBoolean(true);
    Scrape scrape =
        (format, out) -> {
          out.write(Fixture.METRICS.getBytes(StandardCharsets.UTF_8));
          if (failing.get()) {
            throw new IllegalStateException("no number: " + Views.TOTAL);
          }
        };
    try (Fixture web = new Fixture(scrape);
        CapturedLog log = new CapturedLog()) {
      for (String coding : List.of("gzip", "identity")) {
        HttpResponse<String> answer = web.get("/metrics", "Accept-Encoding", coding);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(answer.body()).isEqualTo("scrape failed\n");
      }
      failing.set(false);
      assertThat(web.get("/metrics").body()).isEqualTo(Fixture.METRICS);
      assertThat(web.get("/metrics").statusCode()).isEqualTo(200);
      assertThat(log.levels("web")).containsExactly("error", "debug", "info");
      assertThat(log.text())
          .contains("scrape failed", "IllegalStateException at io.okxexporter.web")
          .contains("scrape works again")
          .doesNotContain(Views.TOTAL);
    }
  }

  @Test
  void an_io_failure_is_one_too() throws Exception {
    Scrape scrape =
        (format, out) -> {
          throw new IOException("disk");
        };
    try (Fixture web = new Fixture(scrape)) {
      assertThat(web.get("/metrics").statusCode()).isEqualTo(500);
      assertThat(web.get("/-/healthy").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_hundred_scrapers_at_once_all_get_a_whole_answer_from_16_threads() throws Exception {
    byte[] metrics = "okx_up 1\n".repeat(50_000).getBytes(StandardCharsets.UTF_8);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Scrape scrape =
        (format, out) -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          out.write(metrics);
          running.decrementAndGet();
        };
    try (Fixture web = new Fixture(scrape)) {
      List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        answers.add(web.later("/metrics", headers("-", i % 2 == 0 ? "gzip" : "-")));
      }
      for (CompletableFuture<HttpResponse<byte[]>> answer : answers) {
        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(Arrays.equals(plain(answer.get()), metrics)).isTrue();
      }
      assertThat(most.get()).isBetween(1, 16);
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

  private static String text(HttpResponse<byte[]> answer) throws IOException {
    return new String(plain(answer), StandardCharsets.UTF_8);
  }

  private static byte[] plain(HttpResponse<byte[]> answer) throws IOException {
    if (answer.headers().firstValue("Content-Encoding").isEmpty()) {
      return answer.body();
    }
    return new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
  }
}
