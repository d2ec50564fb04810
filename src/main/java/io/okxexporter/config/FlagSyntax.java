package io.okxexporter.config;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Which flags there are, and what {@code --help} says about them. */
final class FlagSyntax {
  private static final int COLUMNS = 90;
  private static final Pattern FLAG = Pattern.compile("--?[a-z][a-z.-]{0,39}");

  private final CommandLine commandLine;

  FlagSyntax() {
    CommandSpec spec = CommandSpec.create().name("okx-exporter");
    spec.addArgGroup(configuration());
    spec.addArgGroup(web());
    spec.addArgGroup(log());
    spec.addArgGroup(simulation());
    spec.addArgGroup(others());
    describe(spec);
    this.commandLine = new CommandLine(spec);
    commandLine.setExpandAtFiles(false).setPosixClusteredShortOptionsAllowed(false);
  }

  private static ArgGroupSpec configuration() {
    return group("Configuration")
        .addArg(valued("--config.file", "<file>", "The configuration, in YAML.").build())
        .addArg(
            plain(
                "--config.check", "Check the configuration, say what is wrong with it, and exit."))
        .build();
  }

  private static ArgGroupSpec web() {
    return group("Web")
        .addArg(
            valued(
                    "--web.listen-address",
                    "<host:port>",
                    "Where to listen; :port for every address of this machine. May be given more"
                        + " than once. Default: "
                        + Flags.DEFAULT_LISTEN_ADDRESS
                        + ", which only this machine reaches.")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .build())
        .addArg(
            valued(
                    "--web.telemetry-path",
                    "<path>",
                    "Where the metrics are. Default: " + Flags.DEFAULT_TELEMETRY_PATH + ".")
                .build())
        .build();
  }

  private static ArgGroupSpec log() {
    return group("Log")
        .addArg(
            valued("--log.level", "<level>", "debug, info, warn or error. Default: info.").build())
        .addArg(valued("--log.format", "<format>", "logfmt or json. Default: logfmt.").build())
        .build();
  }

  private static ArgGroupSpec simulation() {
    return group("Trying it out")
        .addArg(
            plain(
                "--simulate",
                "Ask a built-in exchange with play money instead of OKX; no key is needed."))
        .addArg(
            valued("--simulate.users", "<n>", "How many users it has. Default: one without a name.")
                .build())
        .addArg(
            valued(
                    "--simulate.listen-address",
                    "<host:port>",
                    "Where it listens. Default: any free port of 127.0.0.1.")
                .build())
        .build();
  }

  private static ArgGroupSpec others() {
    return group("Other")
        .addArg(plain("--version", "Say which version this is, and exit."))
        .addArg(plain("--help", "Show this, and exit."))
        .build();
  }

  private static ArgGroupSpec.Builder group(String heading) {
    return ArgGroupSpec.builder().validate(false).heading("%n" + heading + ":%n");
  }

  private static OptionSpec.Builder valued(String name, String value, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .arity("1")
        .paramLabel(value)
        .description(description);
  }

  private static OptionSpec plain(String name, String description) {
    return OptionSpec.builder(name).type(boolean.class).arity("0").description(description).build();
  }

  private static void describe(CommandSpec spec) {
    spec.usageMessage()
        .width(COLUMNS)
        .abbreviateSynopsis(true)
        .sortOptions(false)
        .description("%nA Prometheus exporter for what OKX accounts are worth.")
        .footer(
            "%nWithout --config.file, the environment describes one user: OKX_API_KEY,"
                + " OKX_SECRET_KEY and OKX_PASSPHRASE (or, with _FILE behind the name, files that"
                + " hold them), and if you like OKX_REGION (global, eea, us or an https URL),"
                + " OKX_CCYS (such as USDT,BTC), OKX_DEMO (true or false) and OKX_USER (a name).");
  }

  String usage() {
    return commandLine.getUsageMessage(Ansi.OFF);
  }

  ParseResult parse(String... args) throws UsageException {
    try {
      return commandLine.parseArgs(args);
    } catch (ParameterException e) {
      throw new UsageException(message(e) + "; see --help");
    }
  }

  private static String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unknown(unmatched.getUnmatched().get(0), e.getCommandLine());
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return name(missing.getMissing().get(0)) + ": expected a value";
    }
    if (e instanceof OverwrittenOptionException overwritten) {
      return name(overwritten.getOverwritten()) + ": expected once, but is there twice";
    }
    return name(e.getArgSpec()) + ": expected no value";
  }

  private static String name(@Nullable ArgSpec arg) {
    return arg instanceof OptionSpec option ? option.longestName() : "flags";
  }

  /** Never shows what is no flag's name: it may be a secret. */
  private static String unknown(String argument, CommandLine commandLine) {
    String name = argument.replaceFirst("=.*", "");
    if (!FLAG.matcher(name).matches()) {
      return "expected flags only, but there is something else";
    }
    Set<String> known = commandLine.getCommandSpec().optionsMap().keySet();
    return Nearest.to(name, known)
        .map(near -> name + ": unknown flag, did you mean " + near + "?")
        .orElse(name + ": unknown flag");
  }
}
