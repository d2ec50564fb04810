package io.okxexporter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A process that a test started. All waiting ends: what does not come in time is an error. */
public final class Child implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration TIME_TO_STOP = Duration.ofSeconds(2);

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  private Child(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "stderr of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts a program in an environment that holds nothing else. */
  public static Child start(Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new Child(builder.start());
  }

  /** Starts the runnable jar on the Java that runs this test. */
  static Child jar(Map<String, String> environment, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-jar", System.getProperty("okx-exporter.jar", "not set")));
    command.addAll(List.of(args));
    return start(environment, command);
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8))) {
      String line = reader.readLine();
      while (line != null) {
        add(line);
        line = reader.readLine();
      }
    } catch (IOException closed) {
      // The process is gone, and all it said is here.
    }
    end();
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Everything it has said on standard error so far. */
  public synchronized String err() {
    return String.join("\n", lines);
  }

  /** Everything it said on standard output; once it has ended. */
  public String out() throws IOException {
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  /** The first line of standard error that holds a match, now or later. */
  public synchronized String awaitLine(String regex) throws InterruptedException {
    Predicate<String> matches = Pattern.compile(regex).asPredicate();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    int seen = 0;
    while (true) {
      for (; seen < lines.size(); seen++) {
        if (matches.test(lines.get(seen))) {
          return lines.get(seen);
        }
      }
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (ended || left <= 0) {
        throw new AssertionError("no line with " + regex + " in:\n" + err());
      }
      wait(left);
    }
  }

  /** Asks every now and then, as long as the process lives, until there is such an answer. */
  public <T> T poll(Duration patience, Callable<T> question, Predicate<T> isAnswer)
      throws Exception {
    long deadline = System.nanoTime() + patience.toNanos();
    T answer = question.call();
    while (!isAnswer.test(answer)) {
      if (process.waitFor(200, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        throw new AssertionError("never as expected: " + answer + "\n" + err());
      }
      answer = question.call();
    }
    return answer;
  }

  public long pid() {
    return process.pid();
  }

  /** The exit code, after it ended by itself. */
  public int awaitExit() throws InterruptedException {
    return exitWithin(PATIENCE);
  }

  /** The exit code, after SIGTERM. */
  public int terminate() throws InterruptedException {
    // Not the process's own destroy(), which closes standard error as well.
    process.toHandle().destroy();
    return exitWithin(TIME_TO_STOP);
  }

  private int exitWithin(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still runs after " + limit + ":\n" + err());
    }
    awaitEndOfErr();
    return process.exitValue();
  }

  private synchronized void awaitEndOfErr() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!ended && System.nanoTime() < deadline) {
      wait(100);
    }
  }

  /** Kills it, and waits until it is gone: nothing writes into the folder of the test any more. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }
}
