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

/** Passes HTTP requests to the exchange, and its responses back. */
final class ExchangeHandler extends Handler.Abstract.NonBlocking {
  private final SimulatedExchange exchange;
  private final SimulatedRegion region;
  private final Clock clock;

  /**
   * @param region the region of this host
   * @param clock timestamps each request on arrival
   */
  ExchangeHandler(SimulatedExchange exchange, SimulatedRegion region, Clock clock) {
    this.exchange = exchange;
    this.region = region;
    this.clock = clock;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    SimulatedRequest simulated = convert(request, region);
    write(exchange.respond(clock.nanoTime(), clock.now(), simulated), response, callback);
    return true;
  }

  static SimulatedRequest convert(Request request, SimulatedRegion region) {
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

  static void write(SimulatedResponse simulated, Response response, Callback callback) {
    head(simulated, response);
    response.write(true, ByteBuffer.wrap(simulated.body()), callback);
  }

  static void head(SimulatedResponse simulated, Response response) {
    response.setStatus(simulated.status());
    simulated.headers().forEach(response.getHeaders()::put);
  }
}
