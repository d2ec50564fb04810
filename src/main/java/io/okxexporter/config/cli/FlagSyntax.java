package io.okxexporter.config.cli;

import io.okxexporter.config.ShardReader;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Defines the flags and their {@code --help}. */
final class FlagSyntax {
  private static final int COLUMNS = 90;

  private FlagSyntax() {}

  /** Flags under a heading; created for each use, as a spec of picocli belongs to one command. */
  private record Group(String heading, List<OptionSpec> flags) {
    ArgGroupSpec spec() {
      ArgGroupSpec.Builder spec = ArgGroupSpec.builder().validate(false);
      flags.forEach(spec::addArg);
      return spec.heading("%n" + heading + ":%n").build();
    }
  }

  private static Group check() {
    return new Group(
        "Check",
        List.of(
            valued("--format", "<format>", "Report format: text or json. Default: text."),
            plain("--show-values", "Include balances."),
            plain(
                "--no-region-probe",
                "Do not ask OKX's other regions about a key that the configured one does not know."
                    + " They are other companies; they get the API key with a random passphrase and"
                    + " signature.")));
  }

  /** Leaves out {@code --config.check}, which {@code check} rejects. */
  private static Group withoutCheck(Group group) {
    return new Group(
        group.heading(),
        group.flags().stream()
            .filter(flag -> !flag.longestName().equals("--config.check"))
            .toList());
  }

  private static Stream<Group> groups() {
    return Stream.of(
        new Group(
            "Configuration",
            List.of(
                valued("--config.file", "<file>", "Configuration file, in YAML."),
                plain("--config.check", "Check the configuration, print its problems and exit."),
                valued(
                    ShardReader.FLAG,
                    "<i/n>",
                    "Index of this replica and number of replicas, 0/n to (n-1)/n; each polls its"
                        + " own part of the users. Also OKX_SHARD. Stop all replicas before"
                        + " changing n. Default: 0/1, all users."))),
        web(),
        new Group(
            "Log",
            List.of(
                valued(
                    "--log.level",
                    "<level>",
                    "Lowest level to log: debug, info, warn or error. Default: info."),
                valued(
                    "--log.format", "<format>", "Log format: logfmt or json. Default: logfmt."))),
        simulation(),
        new Group(
            "Other",
            List.of(
                plain("--version", "Print the version and exit."),
                plain(OptionSpec.builder("-h", "--help"), "Print this help and exit."))));
  }

  private static Group web() {
    OptionSpec addresses =
        repeatable(
            "--web.listen-address",
            "<host:port>",
            "Address to listen on; :port for all addresses of this machine. Repeatable. Default: "
                + Flags.DEFAULT_LISTEN_ADDRESS
                + ", reachable from this machine only.");
    OptionSpec hosts =
        repeatable(
            "--web.allowed-host",
            "<name>",
            "Host name to accept in requests, such as that of a reverse proxy; others are then"
                + " rejected. IP addresses and localhost are always accepted. Repeatable. Default:"
                + " none on loopback without --web.config.file, otherwise all.");
    OptionSpec path =
        valued(
            "--web.telemetry-path",
            "<path>",
            "Path under which to expose metrics. Default: " + Flags.DEFAULT_TELEMETRY_PATH + ".");
    return new Group(
        "Web",
        List.of(
            addresses,
            hosts,
            path,
            webConfig(),
            lifecycle(),
            plain(
                "--web.disable-exporter-metrics",
                "Leave out the metrics of the exporter's own process and connections: jvm_*,"
                    + " process_*, jetty_* and okhttp_*."),
            maxRequests()));
  }

  private static OptionSpec webConfig() {
    return valued(
        "--web.config.file",
        "<file>",
        "TLS, client certificates, passwords and headers, in Prometheus's web configuration format."
            + " Default: none.");
  }

  private static OptionSpec lifecycle() {
    return plain("--web.enable-lifecycle", "Enable reloads by POST or PUT to /-/reload.");
  }

  private static OptionSpec maxRequests() {
    return valued(
        "--web.max-requests",
        "<n>",
        "Maximum number of concurrent scrapes; others get 503. 0 for no limit. Default: "
            + Flags.DEFAULT_MAX_REQUESTS
            + ".");
  }

  private static Group simulation() {
    return new Group(
        "Simulation",
        List.of(
            plain(
                "--simulate",
                "Use a built-in exchange with play money instead of OKX; no key is needed."),
            valued(
                "--simulate.users",
                "<n>",
                "Number of simulated users. Default: one, without a name."),
            valued(
                "--simulate.listen-address",
                "<host:port>",
                "Address that the built-in exchange listens on. Default: a free port of"
                    + " 127.0.0.1."),
            plain("--simulate.once", "Scrape once when ready, then exit, with 0 on success.")));
  }

  private static OptionSpec valued(String name, String value, String description) {
    return builder(name, value, description).type(String.class).build();
  }

  private static OptionSpec repeatable(String name, String value, String description) {
    return builder(name, value, description).type(List.class).auxiliaryTypes(String.class).build();
  }

  private static OptionSpec.Builder builder(String name, String value, String description) {
    return OptionSpec.builder(name).arity("1").paramLabel(value).description(description);
  }

  private static OptionSpec plain(String name, String description) {
    return plain(OptionSpec.builder(name), description);
  }

  private static OptionSpec plain(OptionSpec.Builder flag, String description) {
    return flag.type(boolean.class).arity("0").description(description).build();
  }

  static String usage() {
    return usage(
        "okx-exporter",
        groups(),
        "%nPrometheus exporter for the valuation of OKX accounts.%n%nokx-exporter check, with the"
            + " same flags, finds problems and says how to fix them: see okx-exporter check"
            + " --help.");
  }

  static String usageOfCheck() {
    return usage(
        "okx-exporter check",
        Stream.concat(Stream.of(check()), groups().map(FlagSyntax::withoutCheck)),
        "%nFinds problems and says how to fix them. Requests OKX's time, the details of each key,"
            + " and each valuation once. If an exporter at --web.listen-address polls a valuation"
            + " already, the report states what that exporter knows instead. An exporter elsewhere"
            + " with the same keys shares the rate limit, so either may be rate-limited"
            + " meanwhile.%n%nExit code: 0 nothing failed, 1 something failed, 2 bad usage or"
            + " configuration.");
  }

  private static String usage(String name, Stream<Group> groups, String description) {
    CommandSpec spec = CommandSpec.create().name(name);
    groups.map(Group::spec).forEach(spec::addArgGroup);
    spec.usageMessage()
        .width(COLUMNS)
        .abbreviateSynopsis(true)
        .sortOptions(false)
        .description(description)
        .footer(
            "%nWithout --config.file, the environment configures one user: OKX_API_KEY,"
                + " OKX_SECRET_KEY and OKX_PASSPHRASE (or the paths of files with them, in the same"
                + " names with _FILE appended), and optionally OKX_REGION (global, eea, us or an"
                + " https URL), OKX_CCYS (such as USDT,BTC), OKX_DEMO (true or false) and OKX_USER"
                + " (a name).%n%nEach flag without a value has an opposite, which is its default:"
                + " --no-simulate, for example.");
    return new CommandLine(spec).getUsageMessage(Ansi.OFF);
  }

  static ParseResult parse(String... args) throws UsageException {
    return FlagParser.parse(flags(groups()), args);
  }

  static ParseResult parseCheck(String... args) throws UsageException {
    return FlagParser.parse(flags(Stream.concat(Stream.of(check()), groups())), args);
  }

  private static Stream<OptionSpec> flags(Stream<Group> groups) {
    return groups.flatMap(group -> group.flags().stream());
  }
}
