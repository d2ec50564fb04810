package io.okxexporter.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.LocalExchange;
import io.okxexporter.simulator.Behaviour;
import io.okxexporter.simulator.Reaction;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SIGTERM ends the program within two seconds, whatever it is doing. */
class TerminationIT {
  private static final int TERMINATED = 143;
  private static final String ANY_PORT = "--web.listen-address=127.0.0.1:0";
  private static final Pattern PORT = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/metrics");

  @Test
  void while_it_waits() throws Exception {
    try (LocalExchange exchange = LocalExchange.unnamed();
        Child exporter = Child.jar(exchange.environment(), ANY_PORT)) {
      exporter.awaitLine("msg=\"serving");
      assertThat(exporter.terminate()).isEqualTo(TERMINATED);
      assertThat(exporter.err()).contains("msg=stopping", "msg=stopped").doesNotContain("\tat ");
    }
  }

  @Test
  void while_the_exchange_does_not_answer() throws Exception {
    CountDownLatch requested = new CountDownLatch(1);
    try (LocalExchange exchange = LocalExchange.unnamed()) {
      exchange.exchange.script(
          request -> {
            requested.countDown();
            return Behaviour.of(new Reaction.Stall());
          });
      try (Child exporter = Child.jar(exchange.environment(), ANY_PORT)) {
        assertThat(requested.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(exporter.terminate()).isEqualTo(TERMINATED);
        assertThat(exporter.err()).contains("msg=stopped").doesNotContain("\tat ", "level=warn");
      }
    }
  }

  @Test
  void while_a_scraper_does_not_read() throws Exception {
    try (Child exporter = Child.jar(Map.of(), "--simulate", "--simulate.users=20", ANY_PORT);
        Socket scraper = new Socket()) {
      Matcher port = PORT.matcher(exporter.awaitLine("msg=\"serving"));
      assertThat(port.find()).isTrue();
      scraper.setReceiveBufferSize(1024);
      scraper.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1))));
      OutputStream out = scraper.getOutputStream();
      // More responses than all buffers on the way can hold.
      String requests = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(500);
      out.write(requests.getBytes(StandardCharsets.US_ASCII));
      assertThat(scraper.getInputStream().read()).isEqualTo('H');

      assertThat(exporter.terminate()).isEqualTo(TERMINATED);
      assertThat(exporter.err()).contains("msg=stopped").doesNotContain("\tat ", "level=warn");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "simulated exchange", "msg=starting", "msg=\"serving"})
  void while_it_starts(String sign) throws Exception {
    try (Child exporter = Child.jar(Map.of(), "--simulate", ANY_PORT)) {
      if (!sign.isEmpty()) {
        exporter.awaitLine(sign);
      }
      assertThat(exporter.terminate()).isEqualTo(TERMINATED);
      assertThat(exporter.err()).doesNotContain("Exception", "\tat ", "level=error");
    }
  }
}
