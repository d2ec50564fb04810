package io.okxexporter.config.cli;

import io.okxexporter.config.yaml.Suggestion;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses command lines with picocli, and words its errors. */
final class FlagParser {
  private static final Pattern FLAG = Pattern.compile("--?[a-z][a-z.-]{0,39}");

  private FlagParser() {}

  /**
   * Parses a command line.
   *
   * @throws UsageException if it is invalid
   */
  static ParseResult parse(Stream<OptionSpec> flags, String... args) throws UsageException {
    CommandSpec spec = CommandSpec.create(); // without groups: in them, a flag may be repeated
    flags.flatMap(FlagParser::withOpposite).forEach(spec::add);
    CommandLine commandLine = new CommandLine(spec);
    commandLine.setExpandAtFiles(false).setPosixClusteredShortOptionsAllowed(false);
    try {
      ParseResult given = commandLine.parseArgs(args);
      rejectContradictions(given);
      return given;
    } catch (ParameterException e) {
      throw new UsageException(message(e));
    }
  }

  /** Adds the opposite of a flag without a value, as in Prometheus; it is always the default. */
  private static Stream<OptionSpec> withOpposite(OptionSpec flag) {
    return flag.arity().max() == 0
        ? Stream.of(flag, OptionSpec.builder(flag).names(opposite(flag)).build())
        : Stream.of(flag);
  }

  private static String opposite(OptionSpec flag) {
    String name = flag.longestName();
    return name.startsWith("--no-") ? name.replaceFirst("no-", "") : "--no-" + name.substring(2);
  }

  private static void rejectContradictions(ParseResult given) throws UsageException {
    for (OptionSpec flag : given.matchedOptions()) {
      String opposite = opposite(flag);
      Flags.reject(name(flag), given.hasMatchedOption(opposite), "without " + opposite);
    }
  }

  private static String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      Set<String> known = e.getCommandLine().getCommandSpec().optionsMap().keySet();
      return unknown(unmatched.getUnmatched().get(0), known);
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return name(missing.getMissing().get(0)) + ": expected a value";
    }
    if (e instanceof OverwrittenOptionException overwritten) {
      return name(overwritten.getOverwritten()) + ": expected once, but given twice";
    }
    return "expected no value after a flag that takes none";
  }

  private static String name(ArgSpec flag) {
    return ((OptionSpec) flag).longestName();
  }

  /** Shows only what looks like a flag: anything else may be a secret. */
  private static String unknown(String argument, Set<String> known) {
    if (argument.equals(CheckFlags.COMMAND)) {
      return "check: expected as the first argument";
    }
    String name = argument.replaceFirst("(?s)=.*", "");
    if (!FLAG.matcher(name).matches()) {
      return "expected flags only, no other arguments";
    }
    return Suggestion.to(name, known.stream().filter(flag -> flag.startsWith("--")).toList())
        .map(near -> name + ": unknown flag, did you mean " + near + "?")
        .orElse(name + ": unknown flag");
  }
}
