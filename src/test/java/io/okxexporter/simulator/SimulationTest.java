package io.okxexporter.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.model.User;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final String KEYS =
      "(?s)msg=\"simulated exchange\" url=\\S+ users=300 keys=\"(.*)\"\n";

  @Test
  void the_keys_of_a_few_users_are_printed() throws IOException {
    try (Simulation simulation = new Simulation(OptionalInt.of(20), null)) {
      assertThat(announced(simulation).lines())
          .containsExactlyElementsOf(lines(simulation))
          .hasSize(20);
    }
  }

  @Test
  void those_of_many_go_into_a_file_that_is_private_and_ends_with_the_exchange()
      throws IOException {
    Path file;
    try (Simulation simulation = new Simulation(OptionalInt.of(300), null)) {
      String printed = announced(simulation);
      assertThat(printed).matches(KEYS);
      file = Path.of(printed.replaceFirst(KEYS, "$1"));
      assertThat(Files.readAllLines(file)).isEqualTo(lines(simulation)).hasSize(300);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(file).doesNotExist();
  }

  private static String announced(Simulation simulation) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    simulation.announce(new PrintStream(err, true, UTF_8));
    return err.toString(UTF_8);
  }

  private static List<String> lines(Simulation simulation) {
    return simulation.config().users().stream().map(SimulationTest::line).toList();
  }

  private static String line(User user) {
    return "msg=\"simulated exchange\" url=%s user=%s api_key=%s secret_key=%s passphrase=%s"
        .formatted(
            user.baseUrl(),
            user.name(),
            user.credentials().apiKey().reveal(),
            user.credentials().secretKey().reveal(),
            user.credentials().passphrase().reveal());
  }
}
