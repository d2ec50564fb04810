package io.okxexporter.check;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.okxexporter.config.Config;
import io.okxexporter.config.ConfigSource;
import io.okxexporter.config.SimulationConflicts;
import io.okxexporter.config.cli.CheckFlags;
import io.okxexporter.config.cli.ExitCode;
import io.okxexporter.config.cli.Flags;
import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.config.yaml.Problem;
import io.okxexporter.file.FileAccess;
import io.okxexporter.model.BuildInfo;
import io.okxexporter.model.Clock;
import io.okxexporter.model.Timer;
import io.okxexporter.okx.DeadlineTransport;
import io.okxexporter.okx.LedgerClient;
import io.okxexporter.okx.OkHttpTransport;
import io.okxexporter.okx.OkxClient;
import io.okxexporter.okx.Transport.Timeouts;
import io.okxexporter.okx.TrustStore;
import io.okxexporter.poll.ExecutorTimer;
import io.okxexporter.simulator.Simulation;
import io.okxexporter.web.config.LoadedConfigs;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The {@code okx-exporter check} command: reports what fails, without exporting anything. */
public final class CheckCommand {
  private final CheckFlags flags;
  private final Map<String, String> env;
  private final FileAccess files;
  private final BuildInfo build;
  private final Report report;
  private final WatchedProgress progress;

  /**
   * The interfaces of a check to the outside world.
   *
   * @param random generates what other regions receive instead of secrets
   * @param listen checks a listen address
   */
  record CheckPorts(
      Clock clock,
      Timer timer,
      io.okxexporter.okx.Transport transport,
      RandomGenerator random,
      Function<InetSocketAddress, ListenAddressStep.ListenResult> listen) {}

  CheckCommand(
      CheckFlags flags,
      Map<String, String> env,
      FileAccess files,
      BuildInfo build,
      Report report,
      Progress progress) {
    this.flags = flags;
    this.env = env;
    this.files = files;
    this.build = build;
    this.report = report;
    this.progress = new WatchedProgress(progress, System::nanoTime);
  }

  /** Returns a command that writes its report to {@code out} and its progress to {@code err}. */
  public static CheckCommand of(
      CheckFlags flags,
      Map<String, String> env,
      FileAccess files,
      BuildInfo build,
      PrintStream out,
      PrintStream err) {
    boolean interactive = TerminalProgress.isInteractive();
    Report report =
        flags.json()
            ? new JsonReport(out)
            : new TextReport(out, interactive && TerminalProgress.allowsColour(env));
    return new CheckCommand(
        flags, env, files, build, report, new TerminalProgress(err, interactive));
  }

  /**
   * Runs the check. Returns the exit code: 0 nothing failed, 1 something failed, 2 bad
   * configuration.
   *
   * @throws IOException if the simulated exchange cannot listen, Java's trust store just broke, or
   *     the check is stuck
   */
  public int run() throws IOException {
    try {
      return flags.flags().simulate() ? simulated() : real();
    } catch (ConfigException e) {
      rejected(e);
      return ExitCode.BAD_USAGE;
    }
  }

  private int simulated() throws ConfigException, IOException {
    Flags given = flags.flags();
    SimulationConflicts.rejectAny(given.configFile(), env);
    try (Simulation simulation = new Simulation(given.simulatedUsers(), given.simulatorAddress())) {
      return live(LoadedConfigs.with(simulation.config(), given, files).config());
    }
  }

  private int real() throws ConfigException, IOException {
    Flags given = flags.flags();
    TrustStore trusted = TrustStore.load(files);
    ConfigSource source = new ConfigSource(given.configFile(), env, given.shard(), files);
    Config config = LoadedConfigs.load(source, given, files).config();
    try {
      trusted.verify();
    } catch (IOException e) {
      rejected(e);
      return ExitCode.FAILED;
    }
    return live(config);
  }

  private int live(Config config) throws IOException {
    Clock clock = Clock.system();
    // A host's clock may be requested alongside all users.
    int threads = Math.min(2 * config.users().size(), 2 * Checker.MAX_AT_ONCE);
    try (ExecutorTimer timer = new ExecutorTimer("check");
        OkHttpTransport transport =
            new OkHttpTransport(Timeouts.DEFAULT, threads, clock, new SimpleMeterRegistry())) {
      transport.trust(config.authorities());
      CompletableFuture<Summary> summary = new CompletableFuture<>();
      start(
          config,
          new CheckPorts(
              clock,
              timer,
              new DeadlineTransport(transport, Timeouts.DEFAULT.call(), clock, timer),
              new SecureRandom(),
              address -> ListenAddressStep.find(address, flags.flags().telemetryPath(), clock)),
          summary::complete);
      return exitCode(progress.await(summary, WatchedProgress.longestPause(config)));
    }
  }

  static int exitCode(Summary summary) {
    return summary.failed() ? ExitCode.FAILED : ExitCode.DONE;
  }

  /** Starts the check of a valid configuration. */
  void start(Config config, CheckPorts ports, Consumer<Summary> done) {
    List<ListenAddressStep.ListenResult> listen =
        flags.flags().listenAddresses().stream().map(ports.listen()).toList();
    List<Step> process = process(config);
    listen.forEach(result -> process.add(result.step()));
    CheckOptions options =
        new CheckOptions(
            config.diagnosis(),
            config.allowTradingKeys(),
            config.readsLedgers(),
            config.maxRequestsPerSecondTotal(),
            flags.showValues(),
            flags.regionProbe(),
            flags.flags().simulate() ? List.of() : running(listen));
    report.begin(title(config));
    MeasuredSkews skews = new MeasuredSkews();
    new Checker(
            config.users(),
            options,
            new OkxClient(ports.transport(), ports.clock(), skews::of, build.userAgent()),
            new LedgerClient(ports.transport(), ports.clock(), skews::of, build.userAgent()),
            skews,
            ports.clock(),
            ports.timer(),
            ports.random(),
            report,
            progress)
        .start(process, done);
  }

  /** Exporters that may poll the same users; unused with the simulated exchange. */
  private static List<RunningExporter> running(List<ListenAddressStep.ListenResult> listen) {
    return listen.stream()
        .map(ListenAddressStep.ListenResult::exporter)
        .flatMap(Stream::ofNullable)
        .toList();
  }

  private String title(Config config) {
    int count = config.users().size();
    return program()
        + ": "
        + (count == 1 ? "1 user" : count + " users")
        + (flags.flags().simulate() ? " of the simulated exchange" : "");
  }

  private String program() {
    return "okx-exporter " + build.version() + " check";
  }

  private List<Step> process(Config config) {
    List<Step> steps = new ArrayList<>();
    if (config.warnings().isEmpty()) {
      steps.add(Step.pass("configuration", "valid"));
    }
    if (flags.flags().webConfigFile() != null) {
      steps.add(Step.pass("web config", "valid"));
    }
    for (String warning : config.warnings()) {
      steps.add(Step.warn("configuration", warning, "Change this setting unless it is intended."));
    }
    return steps;
  }

  /** Checks nothing else, as a valid configuration may change every result. */
  private void rejected(ConfigException e) {
    List<String> problems = e.problems().stream().map(Problem::toString).toList();
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    rejected(
        Step.fail(
                "configuration",
                "invalid, " + count + ":",
                "Fix these problems; everything else is checked once the configuration is valid.")
            .with(problems));
  }

  /** Without a trust store, no request may be sent to OKX. */
  private void rejected(IOException e) {
    rejected(
        Step.fail(
            "trust store",
            String.valueOf(e.getMessage()),
            "Fix the options javax.net.ssl.trustStore…, or remove them to use Java's own store."));
  }

  private void rejected(Step step) {
    report.begin(program());
    Summary.report(report, step);
  }
}
