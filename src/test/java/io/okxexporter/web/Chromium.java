package io.okxexporter.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.okxexporter.fixture.Command;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Debian's browser, without a window. */
final class Chromium {
  private static final long PATIENCE_SECONDS = 120;

  private final String program;
  private final Path folder;

  /**
   * What came of opening a page.
   *
   * @param dom the document as the browser understood it
   * @param console what it said about it, line by line
   * @param requested what the page made it ask for, itself included
   */
  record Visit(String dom, List<String> console, List<URI> requested) {}

  private Chromium(String program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /**
   * Without the program the test is skipped, but fails where CI=true.
   *
   * @param folder for all it writes
   */
  static Chromium in(Path folder) {
    return new Chromium(Command.program("chromium"), folder);
  }

  /** Opens a page with a profile of its own, and reads all it said until it ended. */
  Visit open(URI page) throws IOException, InterruptedException {
    Path home = Files.createTempDirectory(folder, "home");
    Path out = home.resolve("out");
    Path err = home.resolve("err");
    Path netLog = home.resolve("net.json");
    ProcessBuilder builder = new ProcessBuilder(command(home, netLog, page));
    builder.environment().put("HOME", home.toString());
    builder.environment().put("TMPDIR", home.toString());
    run(builder.redirectOutput(out.toFile()).redirectError(err.toFile()), err);
    List<String> console =
        Files.readString(err, UTF_8).lines().filter(line -> line.contains(":CONSOLE")).toList();
    return new Visit(Files.readString(out, UTF_8), console, requests(netLog, page));
  }

  private List<String> command(Path home, Path netLog, URI page) {
    return List.of(
        program,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--disable-breakpad",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + home.resolve("profile"),
        "--enable-logging=stderr",
        "--v=0",
        "--log-net-log=" + netLog,
        "--dump-dom",
        page.toString());
  }

  private static void run(ProcessBuilder builder, Path err)
      throws IOException, InterruptedException {
    Process process = builder.start();
    List<ProcessHandle> helpers = new ArrayList<>();
    try {
      boolean ended = false;
      for (int i = 0; i < PATIENCE_SECONDS && !ended; i++) {
        ended = process.waitFor(1, TimeUnit.SECONDS);
        process.descendants().forEach(helpers::add);
      }
      assertThat(ended).as("chromium ended:\n%s", Files.readString(err, UTF_8)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(err, UTF_8)).isZero();
    } finally {
      // Nothing is to write into the folder of the test any more.
      Stream.concat(helpers.stream(), Stream.of(process.toHandle()))
          .filter(ProcessHandle::isAlive)
          .forEach(Chromium::kill);
    }
  }

  private static void kill(ProcessHandle process) {
    process.destroyForcibly();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** The browser's own requests, such as for its components, are not the page's. */
  private static List<URI> requests(Path netLog, URI page) throws IOException {
    List<URI> requests = new ArrayList<>();
    for (JsonNode event : new ObjectMapper().readTree(netLog.toFile()).path("events")) {
      JsonNode params = event.path("params");
      String initiator = params.path("initiator").asText();
      String url = params.path("url").asText();
      if (initiator.equals(origin(page)) || (!initiator.isEmpty() && url.startsWith(page + ""))) {
        requests.add(URI.create(url));
      }
    }
    return requests.stream().distinct().toList();
  }

  private static String origin(URI page) {
    return page.getScheme() + "://" + page.getAuthority();
  }
}
