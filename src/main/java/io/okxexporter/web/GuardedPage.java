package io.okxexporter.web;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A page that, when it fails, says so to the client in one line and to the log once. */
final class GuardedPage implements Page {
  private static final Logger LOG = LoggerFactory.getLogger(GuardedPage.class);
  private static final int FRAMES = 8;

  private final String name;
  private final Page page;
  private final AtomicBoolean failing = new AtomicBoolean();

  GuardedPage(String name, Page page) {
    this.name = name;
    this.page = page;
  }

  @Override
  public Set<String> methods() {
    return page.methods();
  }

  @Override
  public Answer answer(Request request) {
    try {
      Answer answer = page.answer(request);
      recovered();
      return answer;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      failed(e);
      return Answer.text(500, name + " failed");
    }
  }

  private void recovered() {
    if (failing.compareAndSet(true, false)) {
      LOG.info("{} works again", name);
    }
  }

  private void failed(Throwable e) {
    if (failing.compareAndSet(false, true)) {
      LOG.error("{} failed (repeats are logged at debug): {}", name, where(e));
    } else if (LOG.isDebugEnabled()) {
      LOG.debug("{} failed again: {}", name, where(e));
    }
  }

  /** Class and place but not the message, which may hold a balance. */
  private static String where(Throwable e) {
    return Arrays.stream(e.getStackTrace())
        .limit(FRAMES)
        .map(StackTraceElement::toString)
        .collect(Collectors.joining(", ", e.getClass().getName() + " at ", ""));
  }
}
