package io.okxexporter.web;

import io.okxexporter.web.connector.Alarm;
import java.io.IOException;
import java.util.Set;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Request;

/** A page that, when it fails, says so to the client in one line and to the log once. */
final class GuardedPage implements Page {
  private final String name;
  private final Page page;
  private final Alarm alarm;

  /**
   * @param nanoTime monotonic time in nanoseconds
   */
  GuardedPage(String name, Page page, LongSupplier nanoTime) {
    this.name = name;
    this.page = page;
    alarm = new Alarm(name, nanoTime);
  }

  @Override
  public Set<String> methods() {
    return page.methods();
  }

  @Override
  public Answer answer(Request request) {
    try {
      Answer answer = page.answer(request);
      alarm.recovered();
      return answer;
    } catch (IOException | RuntimeException | Error e) {
      alarm.failed(e);
      return Answer.text(500, name + " failed");
    }
  }
}
