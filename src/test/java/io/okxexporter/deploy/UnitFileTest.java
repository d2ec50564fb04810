package io.okxexporter.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Command;
import io.okxexporter.fixture.Configs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Has systemd-analyze check the systemd unit file. */
class UnitFileTest {
  private static final Path UNIT = Path.of("deploy/systemd/okx-exporter.service");
  private static final String INSTALLED = "/opt/okx-exporter/bin/okx-exporter";
  private static final int MAX_EXPOSURE_TENTHS = 20;

  @TempDir Path temp;

  @Test
  void systemd_finds_nothing_wrong() throws Exception {
    assertThat(verify(Files.readString(UNIT))).isEmpty();
  }

  /** The lines of a drop-in apply as if appended to the unit. */
  @Test
  void systemd_finds_nothing_wrong_with_what_is_to_be_edited_for_many_users() throws Exception {
    String readme = Files.readString(Path.of("deploy/README.md"));
    String dropIn = readme.replaceFirst("(?s).*```ini\\n(.*?)```.*", "$1");
    assertThat(dropIn).startsWith("[Service]").contains("ExecStart=\nExecStart=" + INSTALLED + " ");
    assertThat(dropIn).contains("Environment=\nEnvironment=LANG=C.UTF-8\n");
    assertThat(verify(Files.readString(UNIT) + dropIn)).isEmpty();
  }

  @Test
  void systemd_finds_nothing_wrong_with_the_units_of_socket_activation() throws Exception {
    String page = Files.readString(Path.of("docs/configuration.md"));
    List<String> units =
        Pattern.compile("(?s)```ini\\n(.*?)```")
            .matcher(page)
            .results()
            .map(it -> it.group(1))
            .toList();
    assertThat(units).hasSize(2);
    assertThat(units.get(1)).contains("StandardInput=socket\n");
    Path socket = Files.writeString(temp.resolve("okx-exporter.socket"), units.get(0));
    assertThat(verify(Files.readString(UNIT) + units.get(1))).isEmpty();
    assertThat(analyze("verify", socket.toString())).isEmpty();
  }

  @Test
  void systemd_finds_nothing_wrong_with_the_password_of_a_proxy() throws Exception {
    String readme = Files.readString(Path.of("deploy/README.md"));
    Matcher line =
        Pattern.compile("`((LoadCredential|Environment)=.*proxy_password)`").matcher(readme);
    List<String> dropIn = new ArrayList<>(List.of("[Service]"));
    line.results().map(found -> found.group(1)).forEach(dropIn::add);
    assertThat(dropIn).hasSize(3);
    assertThat(verify(Files.readString(UNIT) + String.join("\n", dropIn) + "\n")).isEmpty();
  }

  /** The output of systemd-analyze for a unit, with an executable in the launcher's place. */
  private String verify(String unit) throws Exception {
    Command.program("systemd-analyze");
    Path launcher = Files.writeString(temp.resolve("okx-exporter"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(unit).contains("ExecStart=" + INSTALLED);
    Path copy = temp.resolve(UNIT.getFileName());
    Files.writeString(copy, unit.replace(INSTALLED, launcher.toString()));
    return analyze("verify", copy.toString());
  }

  @Test
  void it_is_hardly_exposed() throws Exception {
    Command.program("systemd-analyze");
    analyze(
        "security",
        "--offline=true",
        "--threshold=" + MAX_EXPOSURE_TENTHS,
        UNIT.toAbsolutePath().toString());
  }

  private static String analyze(String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("systemd-analyze", "--no-pager"));
    command.addAll(List.of(args));
    return Command.of(command).run().succeeded();
  }

  @Test
  void it_knows_every_letter_and_keeps_nothing() throws Exception {
    assertThat(Files.readAllLines(UNIT))
        .contains("Environment=LANG=C.UTF-8")
        .noneMatch(line -> line.matches("(Cache|State|Logs|Runtime)Directory=.*"));
  }

  @Test
  void no_dump_can_hold_the_keys() throws Exception {
    assertThat(Files.readAllLines(UNIT)).contains("LimitCORE=0");
  }

  @Test
  void the_variables_name_the_credentials_that_are_loaded() throws Exception {
    String unit = Files.readString(UNIT);
    Map<String, String> environment = new HashMap<>();
    Matcher variable = Pattern.compile("(OKX_\\w+)=%d/(\\w+)").matcher(unit);
    while (variable.find()) {
      String credential = variable.group(2);
      assertThat(unit)
          .contains("LoadCredential=" + credential + ":/etc/okx-exporter/" + credential + "\n");
      Path file = Files.writeString(temp.resolve(credential), "s3cr3t\n");
      environment.put(variable.group(1), file.toString());
    }
    assertThat(Configs.load(null, environment).users()).hasSize(1);
  }
}
