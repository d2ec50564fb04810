package io.okxexporter.okx;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Response;

/** Records OkHttp's connection events in a trace. */
final class ConnectEvents extends EventListener {
  private final ConnectTrace trace;

  ConnectEvents(ConnectTrace trace) {
    this.trace = trace;
  }

  @Override
  public void callStart(Call call) {
    trace.start();
  }

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    trace.begin("TCP");
  }

  @Override
  public void secureConnectStart(Call call) {
    trace.begin("TLS");
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    trace.connected();
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    trace.responded();
  }

  @Override
  public void callFailed(Call call, IOException e) {
    trace.failed(e);
  }
}
