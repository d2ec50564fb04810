package io.okxexporter.config.cli;

import io.okxexporter.config.yaml.InvalidValueException;
import java.util.Arrays;
import picocli.CommandLine.ParseResult;

/**
 * The flags of a command line that begins with {@code check}.
 *
 * @param flags the flags common to all commands
 * @param json {@code --format=json}
 * @param showValues {@code --show-values}
 * @param regionProbe false with {@code --no-region-probe}
 */
public record CheckFlags(Flags flags, boolean json, boolean showValues, boolean regionProbe) {
  static final String COMMAND = "check";

  /** Whether a command line begins with {@code check}. */
  public static boolean isCheck(String... args) {
    return args.length > 0 && args[0].equals(COMMAND);
  }

  /** What {@code check --help} prints. */
  public static String usage() {
    return FlagSyntax.usageOfCheck();
  }

  /**
   * Reads a command line that begins with {@code check}.
   *
   * @throws UsageException with the first problem, in one line
   */
  public static CheckFlags parse(String... args) throws UsageException {
    ParseResult given = FlagSyntax.parseCheck(Arrays.copyOfRange(args, 1, args.length));
    Flags flags = Flags.of(given);
    Flags.reject("--config.check", flags.configCheck(), "only without check, which includes it");
    Flags.reject("--simulate.once", flags.simulateOnce(), "only without check");
    return new CheckFlags(
        flags,
        Boolean.TRUE.equals(Flags.value(given, "--format", CheckFlags::parseFormat)),
        given.hasMatchedOption("--show-values"),
        !given.hasMatchedOption("--no-region-probe"));
  }

  private static boolean parseFormat(String text) throws InvalidValueException {
    return switch (text) {
      case "text" -> false;
      case "json" -> true;
      default -> throw new InvalidValueException("expected text or json");
    };
  }
}
