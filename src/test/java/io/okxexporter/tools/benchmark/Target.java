package io.okxexporter.tools.benchmark;

import io.okxexporter.fixture.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A process measured from outside, through the kernel's statistics. */
final class Target implements AutoCloseable {
  private final Child child;
  private final boolean printsErr;

  private Target(List<String> command, Map<String, String> variables, boolean printsErr)
      throws IOException {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putAll(variables);
    child = Child.start(environment, command);
    this.printsErr = printsErr;
  }

  /**
   * Starts another main class on the same Java; its standard error is printed when it is closed.
   */
  static Target java(List<String> options, Class<?> main, Object... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    for (Object arg : args) {
      command.add(arg.toString());
    }
    return new Target(command, Map.of(), true);
  }

  /** Starts any program, with these variables added to the environment. */
  static Target start(List<String> command, Map<String, String> variables) throws IOException {
    return new Target(command, variables, false);
  }

  /** The next line of its standard output. */
  String line() throws IOException {
    return child.outLine();
  }

  /** Its response to an empty line on standard input. */
  String ask() throws IOException {
    return ask("");
  }

  /** Its response to a line on standard input. */
  String ask(String line) throws IOException {
    child.say(line);
    return line();
  }

  /** Its CPU time so far, in user and kernel mode. */
  Duration cpu() {
    return ProcessHandle.of(child.pid()).orElseThrow().info().totalCpuDuration().orElseThrow();
  }

  /** Resident memory in bytes. */
  long resident() throws IOException {
    return status("VmRSS:") * 1024;
  }

  long threads() throws IOException {
    return status("Threads:");
  }

  private long status(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + child.pid() + "/status")).stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    child.close();
    if (printsErr) {
      System.err.print(child.err());
    }
  }
}
