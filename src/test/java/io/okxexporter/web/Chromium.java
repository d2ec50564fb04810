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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's Chromium, headless. */
final class Chromium {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final String program;
  private final Path folder;

  /**
   * The result of opening a page.
   *
   * @param dom the document as parsed by the browser
   * @param console lines of the browser's console
   * @param requested URLs requested for the page, its own included
   */
  record Visit(String dom, List<String> console, List<URI> requested) {}

  private Chromium(String program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /**
   * Skips the test if the program is missing, but fails it if CI=true.
   *
   * @param folder for all files it writes
   */
  static Chromium in(Path folder) {
    return new Chromium(Command.program("chromium"), folder);
  }

  /** Opens a page in a new profile and returns what the browser reported. */
  Visit open(URI page) throws IOException, InterruptedException {
    Path home = Files.createTempDirectory(folder, "home");
    Path err = home.resolve("err");
    Path netLog = home.resolve("net.json");
    // Its helpers end with it, so that nothing writes into the test's folder afterwards.
    Command.Ended ended =
        Command.of(command(home, netLog, page))
            .with(Map.of("HOME", home.toString(), "TMPDIR", home.toString()))
            .withErr(err)
            .withItsHelpers()
            .within(TIMEOUT)
            .run();
    assertThat(ended.exitCode()).as(Files.readString(err, UTF_8)).isZero();
    List<String> console =
        Files.readString(err, UTF_8).lines().filter(line -> line.contains(":CONSOLE")).toList();
    return new Visit(ended.said(), console, requests(netLog, page));
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

  /** Returns the page's requests, without the browser's own, such as for its components. */
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
