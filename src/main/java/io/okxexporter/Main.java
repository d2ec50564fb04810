package io.okxexporter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.okxexporter.check.CheckCommand;
import io.okxexporter.config.Config;
import io.okxexporter.config.ConfigSource;
import io.okxexporter.config.IgnoredProxies;
import io.okxexporter.config.ShardReader;
import io.okxexporter.config.SimulationConflicts;
import io.okxexporter.config.cli.CheckFlags;
import io.okxexporter.config.cli.ExitCode;
import io.okxexporter.config.cli.Flags;
import io.okxexporter.config.cli.UsageException;
import io.okxexporter.config.yaml.ConfigException;
import io.okxexporter.file.FileAccess;
import io.okxexporter.file.TimedFiles;
import io.okxexporter.health.LoopbackGet;
import io.okxexporter.log.Logging;
import io.okxexporter.model.BuildInfo;
import io.okxexporter.model.Shard;
import io.okxexporter.okx.TrustStore;
import io.okxexporter.simulator.Simulation;
import io.okxexporter.web.ExposureNotice;
import io.okxexporter.web.FirstSteps;
import io.okxexporter.web.ReloadAction;
import io.okxexporter.web.WebOptions;
import io.okxexporter.web.config.LoadedConfigs;
import io.okxexporter.web.config.WebSettingsSource;
import io.okxexporter.web.connector.InheritedSocket;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** The entry point, which runs what the command line requests and returns an exit code. */
public final class Main {
  private static final Logger log = LoggerFactory.getLogger(Main.class);

  private final Map<String, String> env;
  private final PrintStream out;
  private final PrintStream err;
  private final FileAccess files;

  /** Separate, so that scrapes are served while secret files hang. */
  private final FileAccess webFiles;

  private final BuildInfo build = BuildInfo.read();

  /**
   * @param files makes access to files: one for the configuration, one for the web server
   */
  public Main(
      Map<String, String> env, PrintStream out, PrintStream err, Supplier<FileAccess> files) {
    this.env = env;
    this.out = out;
    this.err = err;
    this.files = files.get();
    webFiles = files.get();
  }

  /** Runs until a signal stops it. */
  public static void main(String[] args) {
    int exitCode =
        new Main(
                IgnoredProxies.withOptions(System.getenv()),
                utf8(System.out),
                utf8(System.err),
                TimedFiles::new)
            .run(args);
    // Not on success, as it would also end a host such as exec:java.
    if (exitCode != ExitCode.DONE) {
      System.exit(exitCode);
    }
  }

  /** Uses UTF-8 like the log, as the locale's charset may lack characters of a name. */
  private static PrintStream utf8(PrintStream stream) {
    return new PrintStream(stream, true, UTF_8);
  }

  /** Returns the exit code: 0 done, 1 cannot start, 2 bad usage or configuration. */
  public int run(String... args) {
    try {
      return CheckFlags.isCheck(args) ? check(CheckFlags.parse(args)) : run(Flags.parse(args));
    } catch (UsageException e) {
      err.println("okx-exporter: " + e.getMessage() + "\nTry --help.");
      return ExitCode.BAD_USAGE;
    } catch (ConfigException e) {
      err.println("okx-exporter: invalid configuration\n" + e.getMessage());
      return ExitCode.BAD_USAGE;
    } catch (IOException e) {
      err.println("okx-exporter: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private int check(CheckFlags flags) throws IOException {
    if (flags.flags().help()) {
      out.print(CheckFlags.usage());
      return ExitCode.DONE;
    }
    if (flags.flags().version()) {
      return version();
    }
    Logging.configure(flags.flags().logLevel(), flags.flags().logFormat());
    return CheckCommand.of(flags, env, files, build, out, err).run();
  }

  private int version() {
    out.printf(
        "okx-exporter %s (revision %s, Java %s)%n",
        build.version(), build.revision(), Runtime.version());
    return ExitCode.DONE;
  }

  private int run(Flags flags) throws ConfigException, IOException {
    if (flags.help()) {
      out.print(Flags.usage());
      return ExitCode.DONE;
    }
    if (flags.version()) {
      return version();
    }
    Logging.configure(flags.logLevel(), flags.logFormat());
    return flags.simulate() ? simulate(flags) : serveOkx(flags);
  }

  private int simulate(Flags flags) throws ConfigException, IOException {
    SimulationConflicts.rejectAny(flags.configFile(), env);
    Shard shard = ShardReader.read(flags.shard(), env);
    try (Simulation simulation = new Simulation(flags.simulatedUsers(), flags.simulatorAddress())) {
      LoadedConfigs configFiles =
          LoadedConfigs.with(simulation.config().in(shard), flags, webFiles);
      configFiles.config().warnings().forEach(log::warn);
      return serve(flags, configFiles, null, null, () -> simulation.announce(err));
    }
  }

  private int serveOkx(Flags flags) throws ConfigException, IOException {
    TrustStore trustStore = TrustStore.load(files);
    ConfigSource source = new ConfigSource(flags.configFile(), env, flags.shard(), files);
    LoadedConfigs configFiles = LoadedConfigs.load(source, flags, webFiles);
    configFiles.config().warnings().forEach(log::warn);
    if (flags.configCheck()) {
      trustStore.verify();
      out.println("The configuration is valid.");
      return ExitCode.DONE;
    }
    return serve(flags, configFiles, source, trustStore, () -> {});
  }

  /**
   * @param source reloads the configuration, null for the simulated exchange
   * @param trustStore verifies OKX, null for the simulated exchange
   * @param bound runs once every address is bound
   */
  private int serve(
      Flags flags,
      LoadedConfigs configFiles,
      @Nullable ConfigSource source,
      @Nullable TrustStore trustStore,
      Runnable bound)
      throws ConfigException, IOException {
    Config config = configFiles.config();
    WebSettingsSource settings = configFiles.web();
    boolean simulated = source == null;
    logStart(config, simulated);
    Exporter exporter = Exporter.live(config, build, simulated, !flags.disableExporterMetrics());
    Reloader reloader = source == null ? null : new Reloader(source, config, exporter);
    ReloadAction reload = reloader == null ? Simulation::reload : reloader::reload;
    if (trustStore != null) {
      trustStore.verify(); // only now, as it loads in the background meanwhile
      exporter.trust(config);
    }
    Supplier<String> restartNotice = source == null ? () -> "" : source::restartNotice;
    logRestartNotice(restartNotice.get());
    List<InetSocketAddress> addresses = InheritedSocket.addressOr(flags.listenAddresses(), env);
    exporter.serve(WebOptions.of(addresses, flags, settings, webFiles, reload, restartNotice));
    bound.run();
    // Before logging that it serves, as a script that reads this may send a signal immediately.
    CountDownLatch stopped = ShutdownHook.of(exporter);
    SighupHandler.on(() -> reload.reload(problems -> {}));
    ExposureNotice.log(flags, settings, exporter.addresses());
    if (simulated && !flags.simulateOnce()) {
      FirstSteps.print(out, flags, settings, exporter.addresses().get(0));
    }
    if (reloader != null) {
      reloader.start();
    }
    try (exporter;
        reloader) {
      return flags.simulateOnce() ? scrapeOnce(flags, exporter, stopped) : await(stopped);
    } catch (InterruptedException e) {
      // A host such as exec:java interrupted this thread.
      return ExitCode.DONE;
    }
  }

  private void logStart(Config config, boolean simulated) {
    LoggingEventBuilder line =
        log.atInfo()
            .addKeyValue("version", build.version())
            .addKeyValue("revision", build.revision())
            .addKeyValue("simulated", simulated);
    for (Map.Entry<String, String> setting : config.summary().entrySet()) {
      line = line.addKeyValue(setting.getKey(), setting.getValue());
    }
    line.log("starting");
  }

  private static void logRestartNotice(String notice) {
    if (!notice.isEmpty()) {
      log.atInfo().addKeyValue("credentials", notice).log("a changed key needs a restart");
    }
  }

  private static int await(CountDownLatch stopped) throws InterruptedException {
    stopped.await();
    return ExitCode.DONE;
  }

  /** Scrapes once and ends; for trying it out and for recording the classes it loads. */
  private static int scrapeOnce(Flags flags, Exporter exporter, CountDownLatch stopped)
      throws IOException, InterruptedException {
    while (!exporter.view().allAttempted()) {
      if (stopped.await(50, TimeUnit.MILLISECONDS)) {
        return ExitCode.DONE;
      }
    }
    String statusLine =
        LoopbackGet.statusLine(LoopbackGet.get(exporter.addresses().get(0), flags.telemetryPath()));
    log.atInfo().addKeyValue("status", statusLine).log("scraped once");
    return statusLine.startsWith("HTTP/1.1 200") ? ExitCode.DONE : ExitCode.FAILED;
  }
}
