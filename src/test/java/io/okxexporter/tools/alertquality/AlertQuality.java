package io.okxexporter.tools.alertquality;

import io.okxexporter.alerts.RuleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures the alert rules: makes worlds of four dozen users and a week each, has promtool evaluate
 * the rules over them, and prints how well they told what happened.
 */
public final class AlertQuality {
  /** Half of them are those of which much is promised: one by one, and as a fund. */
  private static final List<Portfolio> PORTFOLIOS =
      List.of(
          Portfolio.ALTCOIN,
          Portfolio.LEVERED,
          Portfolio.SHORT,
          Portfolio.UNLEVERED,
          Portfolio.UNLEVERED,
          Portfolio.UNLEVERED,
          Portfolio.UNLEVERED,
          Portfolio.UNLEVERED,
          Portfolio.UNLEVERED,
          Portfolio.ALTCOIN,
          Portfolio.LEVERED,
          Portfolio.SHORT);

  /** What fired of README's two alerts in its worlds, of four dozen users and a week each. */
  static final Path KEPT = Path.of("src/test/resources/io/okxexporter/tools/alertquality/measured");

  private final List<Portfolio> portfolios;
  private final int days;
  private final double pace;
  private final boolean mishaps;
  private final Promtool promtool;

  /**
   * Makes worlds of that many dozens of users and that many days.
   *
   * @param pace how many times as much happens in them as in those that are measured
   * @param mishaps whether those who run the exporter have theirs, too
   * @param promtool with the rules that are measured
   */
  AlertQuality(int dozens, int days, double pace, boolean mishaps, Promtool promtool) {
    portfolios = Collections.nCopies(dozens, PORTFOLIOS).stream().flatMap(List::stream).toList();
    this.days = days;
    this.pace = pace;
    this.mishaps = mishaps;
    this.promtool = promtool;
  }

  /**
   * Prints the tables.
   *
   * @param args how many worlds; the seed of the first, 1 if left out; and the only alerts to
   *     evaluate, which takes less time than all
   */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    int worlds = Integer.parseInt(args[0]);
    int first = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    Set<String> alerts = Arrays.stream(args).skip(2).collect(Collectors.toSet());
    boolean all = alerts.isEmpty();
    String rules = RuleFile.only(all ? RuleFile.alertNames() : alerts);
    Path folder = Files.createDirectories(Path.of("target/alert-quality"));
    Path kept = alerts.equals(LeftJudge.ALERTS) ? KEPT : folder;
    Score score =
        new AlertQuality(4, 7, 1, all, new Promtool(rules, folder, kept)).measure(first, worlds);
    System.out.printf(
        "%.0f user-months, seeds %d to %d, %s%n%n%s",
        score.userMonths(),
        first,
        first + worlds - 1,
        LocalDate.now(ZoneOffset.UTC),
        new Tables(score));
  }

  /** Two worlds at a time, since promtool takes about one core. */
  Score measure(int first, int worlds) throws InterruptedException, ExecutionException {
    Score score = new Score();
    ExecutorService two = Executors.newFixedThreadPool(2);
    List<Callable<Void>> tasks =
        IntStream.range(first, first + worlds)
            .mapToObj(seed -> (Callable<Void>) () -> add(seed, score))
            .toList();
    try {
      for (Future<Void> done : two.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      two.shutdownNow();
    }
    return score;
  }

  private @Nullable Void add(int seed, Score score) throws IOException, InterruptedException {
    World money = Worlds.world(seed, days, pace, portfolios);
    World world = mishaps ? Worlds.withMishaps(money, seed, pace) : money;
    Recording recording = new Recording(world.minutes(), promtool.families());
    Scrapes.record(world, 0, recording);
    List<Firing> firings = promtool.evaluate(recording);
    synchronized (score) {
      score.add(world, new Sight(recording), firings);
      System.err.printf("seed %d: %.1f user-months so far%n", seed, score.userMonths());
    }
    return null;
  }
}
