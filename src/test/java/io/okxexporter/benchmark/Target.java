package io.okxexporter.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process that is measured from outside, by what the kernel says of it. */
final class Target implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private Target(Process process) {
    this.process = process;
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Another main of these classes, on the same Java. */
  static Target java(List<String> options, Class<?> main, Object... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    for (Object arg : args) {
      command.add(arg.toString());
    }
    return new Target(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
  }

  /** Any program, which talks to nobody. */
  static Target start(List<String> command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.DISCARD);
    builder.environment().putAll(environment);
    return new Target(builder.start());
  }

  /** The next line of its standard output. */
  String line() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("it has ended");
    }
    return line;
  }

  /** What it says to an empty line on its standard input. */
  String ask() throws IOException {
    return ask("");
  }

  /** What it says to a line on its standard input. */
  String ask(String question) throws IOException {
    process.getOutputStream().write((question + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    return line();
  }

  /** The CPU it has used so far, in user and kernel mode. */
  Duration cpu() {
    return process.toHandle().info().totalCpuDuration().orElseThrow();
  }

  /** Resident memory in bytes. */
  long resident() throws IOException {
    return status("VmRSS:") * 1024;
  }

  long threads() throws IOException {
    return status("Threads:");
  }

  private long status(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
