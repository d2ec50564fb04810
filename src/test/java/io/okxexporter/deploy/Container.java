package io.okxexporter.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.okxexporter.fixture.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A running image, confined as in the deployments but on this machine's network, so that the test
 * can connect.
 *
 * @param name unique on this machine
 * @param state runc's state folder
 * @param pid the host's process ID of its first process
 */
record Container(String name, Path state, long pid, Serving serving) implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Starts the image's entry point and waits until it serves.
   *
   * @param files the root file system
   * @param config the image's configuration
   * @param args appended to the entry point
   */
  static Container start(Path files, JsonNode config, Path temp, String... args)
      throws IOException, InterruptedException {
    Path bundle = Files.createTempDirectory(temp, "bundle");
    Path state = Files.createTempDirectory(temp, "state");
    Command.of("runc", "spec", "--bundle", bundle.toString()).run().succeeded();
    Path file = bundle.resolve("config.json");
    ObjectNode spec = (ObjectNode) JSON.readTree(file.toFile());
    spec.putObject("root").put("path", files.toString()).put("readonly", true);
    process(spec.withObject("/process"), config, args);
    // The host's network is used. Control groups are left out: not every machine has them, and
    // their limits do not matter here.
    remove(
        spec.at("/linux/namespaces"),
        n -> List.of("network", "cgroup").contains(n.path("type").asText()));
    remove(spec.path("mounts"), mount -> mount.path("type").asText().equals("cgroup"));
    spec.withObject("/linux").remove("resources");
    JSON.writeValue(file.toFile(), spec);
    String name = "okx-exporter-" + ProcessHandle.current().pid() + "-" + bundle.getFileName();
    Serving serving =
        Serving.start(
            Map.of("PATH", System.getenv("PATH")),
            List.of("runc", "--root", state.toString(), "run", "--bundle", bundle + "", name));
    Command.Ended status = Command.of("runc", "--root", state.toString(), "state", name).run();
    return new Container(
        name, state, JSON.readTree(status.succeeded()).path("pid").asLong(), serving);
  }

  /** Drops all capabilities and prevents new ones. */
  private static void process(ObjectNode process, JsonNode config, String... args) {
    String[] user = config.path("User").asText().split(":", -1);
    process.put("terminal", false).put("noNewPrivileges", true);
    process.put("cwd", config.path("WorkingDir").asText());
    process
        .putObject("user")
        .put("uid", Integer.parseInt(user[0]))
        .put("gid", Integer.parseInt(user[1]));
    process.withObject("/capabilities").forEach(set -> ((ArrayNode) set).removeAll());
    ArrayNode command = process.putArray("args");
    config.path("Entrypoint").forEach(command::add);
    ArrayNode variables = process.putArray("env");
    config.path("Env").forEach(variables::add);
    List.of(args).forEach(command::add);
  }

  private static void remove(JsonNode list, Predicate<JsonNode> unwanted) {
    for (Iterator<JsonNode> elements = list.elements(); elements.hasNext(); ) {
      if (unwanted.test(elements.next())) {
        elements.remove();
      }
    }
  }

  /** The /proc folder of its first process. */
  Path process() {
    return Path.of("/proc", Long.toString(pid));
  }

  /** Runs a command in the container. */
  Command.Ended execute(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("runc", "--root", state + "", "exec", name));
    command.addAll(arguments);
    return Command.of(command).run();
  }

  /**
   * Sends SIGTERM to its first process, which has two seconds to exit, and returns the exit code.
   */
  int terminate() throws InterruptedException {
    return serving.child().terminate();
  }

  /** Ends the container in the order that lets runc clean up. */
  @Override
  public void close() {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    ProcessHandle.of(serving.child().pid())
        .ifPresent(runc -> runc.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    serving.close();
  }
}
