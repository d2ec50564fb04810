package io.okxexporter.simulator;

import io.okxexporter.model.Clock;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Brings requests over HTTP to the exchange, and its answers back. */
final class ExchangeHandler extends Handler.Abstract.NonBlocking {
  private final SimulatedExchange exchange;
  private final SimulatedRegion region;
  private final Clock clock;

  /**
   * @param region whose host this is
   * @param clock tells when a request arrived
   */
  ExchangeHandler(SimulatedExchange exchange, SimulatedRegion region, Clock clock) {
    this.exchange = exchange;
    this.region = region;
    this.clock = clock;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    SimulatedRequest asked = asked(request, region);
    write(exchange.respond(clock.nanoTime(), clock.now(), asked), response, callback);
    return true;
  }

  static SimulatedRequest asked(Request request, SimulatedRegion region) {
    Map<String, String> headers = new HashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers.putIfAbsent(
          field.getLowerCaseName(), field.getValue() == null ? "" : field.getValue());
    }
    return new SimulatedRequest(
        request.getMethod(),
        request.getHttpURI().getPathQuery(),
        headers,
        region,
        Request.getRemoteAddr(request));
  }

  static void write(SimulatedResponse answer, Response response, Callback callback) {
    head(answer, response);
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
  }

  static void head(SimulatedResponse answer, Response response) {
    response.setStatus(answer.status());
    answer.headers().forEach(response.getHeaders()::put);
  }
}
