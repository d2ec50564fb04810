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
 * Measures the alert rules: generates worlds of four dozen users and a week each, has promtool
 * evaluate the rules over them, and prints recall, delays and false alarms.
 */
public final class AlertQuality {
  /**
   * A dozen members, half of them unlevered: the rules promise most for those, singly and as a
   * fund.
   */
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

  /**
   * The cached firings of the two alerts in docs/alert-quality.md, one file per world of four dozen
   * users and a week.
   */
  static final Path MEASURED =
      Path.of("src/test/resources/io/okxexporter/tools/alertquality/measured");

  private final List<Portfolio> portfolios;
  private final int days;
  private final double intensity;
  private final boolean operatorFaults;
  private final Promtool promtool;

  /**
   * Generates worlds of this many dozens of users and this many days.
   *
   * @param intensity the frequency of incidents, relative to the measured worlds
   * @param operatorFaults whether to include faults of the exporter's operators
   * @param promtool evaluates the measured rules
   */
  AlertQuality(int dozens, int days, double intensity, boolean operatorFaults, Promtool promtool) {
    portfolios = Collections.nCopies(dozens, PORTFOLIOS).stream().flatMap(List::stream).toList();
    this.days = days;
    this.intensity = intensity;
    this.operatorFaults = operatorFaults;
    this.promtool = promtool;
  }

  /**
   * Prints the tables.
   *
   * @param args the number of worlds; the seed of the first, 1 by default; and the alerts to
   *     evaluate, all by default, which takes longer
   */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    int worlds = Integer.parseInt(args[0]);
    int first = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    Set<String> alerts = Arrays.stream(args).skip(2).collect(Collectors.toSet());
    boolean all = alerts.isEmpty();
    String rules = RuleFile.only(all ? RuleFile.alertNames() : alerts);
    Path folder = Files.createDirectories(Path.of("target/alert-quality"));
    Path cache = alerts.equals(WithdrawalJudge.ALERTS) ? MEASURED : folder;
    Score score =
        new AlertQuality(4, 7, 1, all, new Promtool(rules, folder, cache)).measure(first, worlds);
    System.out.printf(
        "%.0f user-months, seeds %d to %d, %s%n%n%s",
        score.userMonths(),
        first,
        first + worlds - 1,
        LocalDate.now(ZoneOffset.UTC),
        new Tables(score));
  }

  /** Measures two worlds at a time, since promtool uses about one core. */
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
    World money = WorldGenerator.world(seed, days, intensity, portfolios);
    World world =
        operatorFaults ? WorldGenerator.withOperatorFaults(money, seed, intensity) : money;
    Recording recording = new Recording(world.minutes(), promtool.families());
    Scrapes.record(world, 0, recording);
    List<Firing> firings = promtool.evaluate(recording);
    synchronized (score) {
      score.add(world, new Visibility(recording), firings);
      System.err.printf("seed %d: %.1f user-months so far%n", seed, score.userMonths());
    }
    return null;
  }
}
