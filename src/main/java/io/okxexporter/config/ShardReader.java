package io.okxexporter.config;

import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.config.yaml.InvalidValueException;
import io.okxexporter.config.yaml.Problem;
import io.okxexporter.config.yaml.Problems;
import io.okxexporter.model.Shard;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the shard of this replica from the flag or the variable. */
public final class ShardReader {
  /** The flag that sets the shard. */
  public static final String FLAG = "--shard";

  static final String VARIABLE = "OKX_SHARD";

  private static final Pattern SHARD = Pattern.compile("(\\d{1,4})/([1-9]\\d{0,3})");

  private ShardReader() {}

  /** Parses {@code i/n}. */
  public static Shard parse(String text) throws InvalidValueException {
    Matcher parts = SHARD.matcher(text);
    if (parts.matches()) {
      Shard shard = new Shard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
      if (shard.index() < shard.count()) {
        return shard;
      }
    }
    throw new InvalidValueException("expected i/n, such as 0/3 to 2/3 for three replicas");
  }

  /**
   * Returns the shard of this replica where no configuration is loaded.
   *
   * @param flag null where it is not given
   * @throws ConfigException if the variable is set as well, or invalid
   */
  public static Shard read(@Nullable Shard flag, Map<String, String> env) throws ConfigException {
    Problems problems = new Problems();
    Shard shard = read(flag, env, problems);
    problems.throwIfAny();
    return shard;
  }

  /**
   * Returns the shard, or all users where neither is set; an empty variable counts as unset.
   *
   * @param flag null where it is not given
   */
  static Shard read(@Nullable Shard flag, Map<String, String> env, Problems problems) {
    String text = env.getOrDefault(VARIABLE, "");
    if (text.isEmpty()) {
      return flag == null ? Shard.WHOLE : flag;
    }
    if (flag != null) {
      problems.add(
          Problems.FIRST, new Problem(VARIABLE, text, "expected to be unset with " + FLAG));
    }
    try {
      return parse(LocaleEncoding.intact(text));
    } catch (InvalidValueException e) {
      problems.add(Problems.FIRST, e.at(VARIABLE, text));
      return Shard.WHOLE;
    }
  }
}
