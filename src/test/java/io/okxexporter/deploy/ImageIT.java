package io.okxexporter.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.okxexporter.fixture.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Dockerfile, built by buildah and run by runc, on base images made from this machine. */
class ImageIT {
  private static final String IMAGE = "localhost/okx-exporter";
  private static final String JAR = "/opt/okx-exporter/okx-exporter.jar";

  @TempDir static Path temp;
  private static List<String> buildah;
  private static JsonNode config;
  private static Path files;

  @BeforeAll
  static void build() throws Exception {
    Command.program("buildah");
    Command.program("runc");
    assumeNamespaces();
    buildah =
        List.of(
            "--storage-driver=vfs",
            "--root=" + temp.resolve("images"),
            "--runroot=" + temp.resolve("run"));
    List<String> bases =
        command("src/test/container/stand-ins", System.getProperty("java.home"), temp + "/bases");
    bases.addAll(buildah);
    Command.of(bases).run().succeeded();
    buildah(
        "bud",
        "--quiet",
        "--isolation=chroot",
        "--format=docker",
        "--layers=false",
        "--volume=" + System.getProperty("user.home") + "/.m2:/root/.m2",
        "--build-arg=JDK_IMAGE=localhost/stand-in-jdk",
        "--build-arg=RUNTIME_IMAGE=localhost/stand-in-runtime",
        "--build-arg=REVISION=0123abc",
        "--tag=" + IMAGE,
        ".");
    config =
        new ObjectMapper().readTree(buildah("inspect", "--type=image", IMAGE)).at("/Docker/config");
    String container = buildah("from", IMAGE).strip();
    files = Path.of(buildah("mount", container).strip());
  }

  /** Skips the test where the sandbox allows no namespaces, even in CI. */
  private static void assumeNamespaces() throws Exception {
    Command.Ended probe = Command.of("unshare", "--mount", "--pid", "--fork", "true").run();
    if (probe.exitCode() != 0) {
      System.err.println("THE IMAGE IS NOT TESTED: no namespaces here: " + probe.said());
    }
    assumeTrue(probe.exitCode() == 0, "no namespaces here: " + probe.said());
  }

  @AfterAll
  static void unmount() throws Exception {
    if (files != null) {
      buildah("umount", "--all");
    }
  }

  private static String buildah(String... args) throws Exception {
    List<String> command = command("buildah");
    command.addAll(buildah);
    command.addAll(List.of(args));
    return Command.of(command).run().succeeded();
  }

  private static List<String> command(String... arguments) {
    return new ArrayList<>(List.of(arguments));
  }

  @Test
  void its_labels_say_what_it_is() {
    assertThat(config.at("/Labels/org.opencontainers.image.title").asText())
        .isEqualTo("okx-exporter");
    assertThat(config.at("/Labels/org.opencontainers.image.revision").asText())
        .isEqualTo("0123abc");
    assertThat(config.path("ExposedPorts").has("10058/tcp")).isTrue();
    assertThat(config.path("User").asText()).isEqualTo("65532:65532");
  }

  @Test
  void it_holds_nothing_but_java_and_the_exporter() throws IOException {
    try (Stream<Path> top = Files.list(files.resolve("opt/okx-exporter"))) {
      assertThat(top.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "LICENSE", "java", "java.options", "locale", "okx-exporter.jar", "okx-exporter.jsa");
    }
    try (Stream<Path> all = Files.walk(files.resolve("opt/okx-exporter"))) {
      long bytes = all.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      assertThat(bytes).isLessThan(130_000_000);
    }
  }

  @Test
  void it_serves_read_only_without_capabilities_and_ends_in_time() throws Exception {
    try (Container container = Container.start(files, config, temp, "--simulate")) {
      Serving serving = container.serving();
      assertThat(serving.metricsWith("okx_total_asset_valuation{ccy=\"BTC\"}"))
          .contains("okx_exporter_simulated 1.0", "revision=\"0123abc\"");
      String status = Files.readString(container.process().resolve("status"));
      assertThat(status)
          .containsPattern("Uid:\t65532\t65532\t65532\t65532\n")
          .containsPattern("CapPrm:\t0+\n")
          .containsPattern("CapBnd:\t0+\n")
          .contains("NoNewPrivs:\t1\n");
      assertThat(Files.readAllLines(container.process().resolve("mountinfo")).get(0))
          .contains(" / ro,");

      assertThat(container.execute(texts(config.at("/Healthcheck/Test"), 1)).exitCode()).isZero();
      assertThat(container.execute(withJavaOption("-Xlog:class+load:stdout")).succeeded())
          .contains("io.okxexporter.Main source: shared objects file (top)");
      assertThat(container.execute(withJavaOption("-XshowSettings:properties")).succeeded())
          .contains("sun.jnu.encoding = UTF-8\n");
      assertThat(container.terminate()).isEqualTo(143);
    }
  }

  @Test
  void it_is_unhealthy_while_nothing_answers() throws Exception {
    try (Container container =
        Container.start(files, config, temp, "--simulate", "--web.listen-address=:10059")) {
      List<String> otherPort = new ArrayList<>(texts(config.at("/Healthcheck/Test"), 1));
      otherPort.add("10060");
      assertThat(container.execute(otherPort).exitCode()).isEqualTo(1);
    }
  }

  private static List<String> withJavaOption(String option) {
    List<String> command = new ArrayList<>(texts(config.path("Entrypoint"), 0));
    command.add(command.indexOf("-jar"), option);
    command = command.subList(0, command.indexOf(JAR) + 1);
    command.add("--version");
    return command;
  }

  private static List<String> texts(JsonNode list, int from) {
    return list.valueStream().skip(from).map(JsonNode::asText).toList();
  }
}
