package io.okxexporter.config.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okxexporter.log.LogFormat;
import io.okxexporter.model.Shard;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.Level;

class FlagsTest {
  @Test
  void no_flags_are_the_defaults() throws Exception {
    assertThat(Flags.parse())
        .isEqualTo(
            new Flags(
                null,
                false,
                null,
                List.of(loopback(10058)),
                List.of(),
                "/metrics",
                null,
                false,
                false,
                40,
                Level.INFO,
                LogFormat.LOGFMT,
                false,
                OptionalInt.empty(),
                null,
                false,
                false,
                false));
  }

  @Test
  void values_follow_after_an_equals_sign_or_a_blank() throws Exception {
    Flags expected =
        new Flags(
            Path.of("okx.yml"),
            true,
            new Shard(2, 3),
            List.of(loopback(0), new InetSocketAddress(9100)),
            List.of("okx.example", "b"),
            "/a/b",
            Path.of("web.yml"),
            true,
            true,
            7,
            Level.DEBUG,
            LogFormat.JSON,
            false,
            OptionalInt.empty(),
            null,
            false,
            true,
            true);
    assertThat(
            Flags.parse(
                "--config.file=okx.yml",
                "--config.check",
                "--shard=2/3",
                "--web.listen-address=127.0.0.1:0",
                "--web.listen-address=:9100",
                "--web.allowed-host=okx.example",
                "--web.allowed-host=b",
                "--web.telemetry-path=/a/b",
                "--web.config.file=web.yml",
                "--web.enable-lifecycle",
                "--web.disable-exporter-metrics",
                "--web.max-requests=7",
                "--log.level=debug",
                "--log.format=json",
                "--version",
                "--help"))
        .isEqualTo(expected);
    assertThat(
            Flags.parse(
                "--config.file",
                "okx.yml",
                "--config.check",
                "--shard",
                "2/3",
                "--web.listen-address",
                "127.0.0.1:0",
                "--web.listen-address",
                ":9100",
                "--web.allowed-host",
                "okx.example",
                "--web.allowed-host",
                "b",
                "--web.telemetry-path",
                "/a/b",
                "--web.config.file",
                "web.yml",
                "--web.enable-lifecycle",
                "--web.disable-exporter-metrics",
                "--web.max-requests",
                "7",
                "--log.level",
                "debug",
                "--log.format",
                "json",
                "--version",
                "--help"))
        .isEqualTo(expected);
  }

  @Test
  void what_is_in_use_is_told_by_name() throws Exception {
    assertThat(Flags.parse().effective().entrySet())
        .extracting(Object::toString)
        .containsExactly(
            "--web.listen-address=127.0.0.1:10058",
            "--web.telemetry-path=/metrics",
            "--web.enable-lifecycle=false",
            "--web.disable-exporter-metrics=false",
            "--web.max-requests=40",
            "--log.level=info",
            "--log.format=logfmt",
            "--simulate=false");
    assertThat(
            Flags.parse(
                    "--config.file=okx.yml",
                    "--web.config.file=web.yml",
                    "--web.listen-address=:9100",
                    "--web.listen-address=[::1]:9101",
                    "--web.allowed-host=a",
                    "--web.allowed-host=b")
                .effective())
        .containsEntry("--config.file", "okx.yml")
        .containsEntry("--web.config.file", "web.yml")
        .containsEntry("--web.allowed-host", "a b")
        .containsEntry("--web.listen-address", ":9100 [0:0:0:0:0:0:0:1]:9101");
  }

  @ParameterizedTest
  @MethodSource("switches")
  void every_flag_without_a_value_has_an_opposite_that_is_its_default(String flag)
      throws Exception {
    assertThat(Flags.parse(flag.replaceFirst("--", "--no-"))).isEqualTo(Flags.parse());
  }

  static Stream<String> switches() {
    return Pattern.compile("(?m)^  (?:-h,|   ) (--[a-z.-]+)(?![a-z.=-])")
        .matcher(Flags.usage())
        .results()
        .map(flag -> flag.group(1));
  }

  @Test
  void h_is_help() throws Exception {
    assertThat(Flags.parse("-h")).isEqualTo(Flags.parse("--help"));
    assertThat(Flags.parse("-h").help()).isTrue();
  }

  @Test
  void no_bound_on_requests_is_written_as_0() throws Exception {
    assertThat(Flags.parse("--web.max-requests=0").maxRequests()).isZero();
  }

  @Test
  void the_simulation_has_flags_of_its_own() throws Exception {
    Flags flags =
        Flags.parse(
            "--simulate",
            "--simulate.users=12",
            "--simulate.listen-address=[::1]:8080",
            "--simulate.once");
    assertThat(flags.simulate()).isTrue();
    assertThat(flags.simulateOnce()).isTrue();
    assertThat(flags.simulatedUsers()).hasValue(12);
    assertThat(flags.simulatorAddress()).hasToString("/[0:0:0:0:0:0:0:1]:8080");
  }

  @Test
  void a_port_alone_is_every_address_and_a_bracketed_host_is_ipv6() throws Exception {
    Flags flags = Flags.parse("--web.listen-address=:80", "--web.listen-address=[fe80::1]:81");
    assertThat(flags.listenAddresses().get(0).getAddress().isAnyLocalAddress()).isTrue();
    assertThat(flags.listenAddresses().get(1)).hasToString("/[fe80:0:0:0:0:0:0:1]:81");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--web.allowed-host=a:80|--web.allowed-host: \"a:80\": expected a host name without a port",
        "--web.allowed-host=http://a|--web.allowed-host: \"http://a\": expected a host name without"
            + " a port",
        "--web.allowed-host=*.a|--web.allowed-host: \"*.a\": expected a host name without a port",
        "--web.allowed-host=|--web.allowed-host: \"\": expected a host name without a port",
        "--web.listen-address=10058|--web.listen-address: \"10058\": expected host:port, [IPv6"
            + " address]:port or :port",
        "--web.listen-address=localhost|--web.listen-address: \"localhost\": expected host:port,"
            + " [IPv6 address]:port or :port",
        "--web.listen-address=::1:80|--web.listen-address: \"::1:80\": expected host:port, [IPv6"
            + " address]:port or :port",
        "--web.listen-address=[::::]:80|--web.listen-address: \"[::::]:80\": expected host:port,"
            + " [IPv6 address]:port or :port",
        "--web.listen-address=:65536|--web.listen-address: \":65536\": expected host:port, [IPv6"
            + " address]:port or :port",
        "--web.listen-address=:80 --web.listen-address=:80|--web.listen-address: \":80\": expected"
            + " an address that is not listed already",
        "--web.listen-address=:80 --web.listen-address=127.0.0.1:80|--web.listen-address:"
            + " \"127.0.0.1:80\": expected an address that is not listed already",
        "--web.listen-address=http://a:80|--web.listen-address: \"http://a:80\": expected"
            + " host:port, [IPv6 address]:port or :port",
        "--web.listen-address=|--web.listen-address: \"\": expected host:port, [IPv6 address]:port"
            + " or :port",
        "--web.telemetry-path=metrics|--web.telemetry-path: \"metrics\": expected a path such as"
            + " /metrics, not /config and not below /-/",
        "--web.telemetry-path=/|--web.telemetry-path: \"/\": expected a path such as /metrics, not"
            + " /config and not below /-/",
        "--web.telemetry-path=/config|--web.telemetry-path: \"/config\": expected a path such as"
            + " /metrics, not /config and not below /-/",
        "--web.telemetry-path=/-/ready|--web.telemetry-path: \"/-/ready\": expected a path such as"
            + " /metrics, not /config and not below /-/",
        "--web.telemetry-path=/a/../b|--web.telemetry-path: \"/a/../b\": expected a path such as"
            + " /metrics, not /config and not below /-/",
        "--web.telemetry-path=/a?b|--web.telemetry-path: \"/a?b\": expected a path such as"
            + " /metrics, not /config and not below /-/",
        "--web.config.file=|--web.config.file: \"\": expected the path of a file",
        "--web.config.file|--web.config.file: expected a value",
        "--web.max-requests=-1|--web.max-requests: \"-1\": expected a whole number from 1 to 99999,"
            + " or 0 for no limit",
        "--web.max-requests=many|--web.max-requests: \"many\": expected a whole number from 1 to"
            + " 99999, or 0 for no limit",
        "--web.max-requests=100000|--web.max-requests: \"100000\": expected a whole number from 1"
            + " to 99999, or 0 for no limit",
        "--web.enable-lifecycle=true|expected no value after a flag that takes none",
        "--log.level=trace|--log.level: \"trace\": expected debug, info, warn or error",
        "--log.format=JSON|--log.format: \"JSON\": expected logfmt or json",
        "--shard=3/3|--shard: \"3/3\": expected i/n, such as 0/3 to 2/3 for three replicas",
        "--shard=/3|--shard: \"/3\": expected i/n, such as 0/3 to 2/3 for three replicas",
        "--shard=0|--shard: \"0\": expected i/n, such as 0/3 to 2/3 for three replicas",
        "--shard=0/0|--shard: \"0/0\": expected i/n, such as 0/3 to 2/3 for three replicas",
        "--shard=-1/3|--shard: \"-1/3\": expected i/n, such as 0/3 to 2/3 for three replicas",
        "--shard=1/3 --shard=2/3|--shard: expected once, but given twice",
        "--config.file=|--config.file: \"\": expected the path of a file",
        "--config.file=/J\uFFFDrg|--config.file: \"/J\uFFFDrg\": expected text in UTF-8",
        "--web.telemetry-path=/\uFFFD|--web.telemetry-path: \"/\uFFFD\": expected text in UTF-8",
        "--simulate.users=3|--simulate.users: expected only with --simulate",
        "--simulate.listen-address=127.0.0.1:80|--simulate.listen-address: expected only with"
            + " --simulate",
        "--simulate.once|--simulate.once: expected only with --simulate",
        "--simulate --simulate.once --web.config.file=a|--simulate.once: expected only without"
            + " --web.config.file, which may ask it for a password",
        "--simulate --config.check|--config.check: expected only without --simulate",
        "--simulate --simulate.users=0|--simulate.users: \"0\": expected a whole number from 1 to"
            + " 99999",
        "--simulate --simulate.users=many|--simulate.users: \"many\": expected a whole number from"
            + " 1 to 99999",
        "--simulate --simulate.listen-address=:80|--simulate.listen-address: \":80\": expected a"
            + " loopback address, such as 127.0.0.1:10059",
        "--simulate --simulate.listen-address=10.0.0.1:80|--simulate.listen-address:"
            + " \"10.0.0.1:80\": expected a loopback address, such as 127.0.0.1:10059",
        "--config.file|--config.file: expected a value",
        "--config.file --simulate|--config.file: expected a value",
        "--config.file a --config.file b|--config.file: expected once, but given twice",
        "--simulate --simulate|--simulate: expected once, but given twice",
        "--simulate=yes|expected no value after a flag that takes none",
        "--simulate=false|expected no value after a flag that takes none",
        "--sim|--sim: unknown flag",
        "-x|-x: unknown flag",
        "--simulate --no-simulate|--simulate: expected without --no-simulate",
        "--no-simulate --no-simulate|--no-simulate: expected once, but given twice",
        "--no-log.level=debug|--no-log.level: unknown flag",
        "--no-simulat|--no-simulat: unknown flag, did you mean --no-simulate?",
        "--no-simulate=true|expected no value after a flag that takes none",
        "-h --help|--help: expected once, but given twice",
        "--web.listen-adress=:80|--web.listen-adress: unknown flag, did you mean"
            + " --web.listen-address?",
        "--api-key=s3cr3t|--api-key: unknown flag",
        "--api-key s3cr3t|--api-key: unknown flag",
        "--OKX_API_KEY=s3cr3t|expected flags only, no other arguments",
        "s3cr3t|expected flags only, no other arguments",
        "@s3cr3t|expected flags only, no other arguments",
        "-- s3cr3t|expected flags only, no other arguments",
      })
  void bad_usage_is_one_clear_line(String line, String message) {
    assertThatThrownBy(() -> Flags.parse(line.split(" ")))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @Property
  void any_arguments_are_accepted_or_refused(@ForAll List<String> args) {
    try {
      assertThat(Flags.parse(args.toArray(String[]::new)).listenAddresses()).isNotEmpty();
    } catch (UsageException e) {
      assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--config.file",
        "--config.check",
        "--shard",
        "--web.listen-address",
        "--web.allowed-host",
        "--web.telemetry-path",
        "--web.config.file",
        "--web.enable-lifecycle",
        "--web.disable-exporter-metrics",
        "--web.max-requests",
        "--log.level",
        "--log.format",
        "--simulate",
        "--simulate.users",
        "--simulate.listen-address",
        "--version",
        "--help",
        "OKX_API_KEY",
        "OKX_CCYS",
        "OKX_SHARD"
      })
  void the_help_names_it(String name) {
    assertThat(Flags.usage()).contains(name);
  }

  @Test
  void the_help_is_readable_in_90_columns() {
    assertThat(Flags.usage().lines()).allMatch(line -> line.length() <= 90);
    assertThat(Flags.usage())
        .startsWith("Usage: okx-exporter [OPTIONS]")
        .doesNotContain("%n", "[no-]")
        .contains("\n  -h, --help")
        .contains("--no-simulate")
        .contains("\nSimulation:\n");
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
