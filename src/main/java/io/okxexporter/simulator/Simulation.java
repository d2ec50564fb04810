package io.okxexporter.simulator;

import io.okxexporter.config.Config;
import io.okxexporter.config.yaml.Problem;
import io.okxexporter.file.TemporaryFile;
import io.okxexporter.model.Clock;
import io.okxexporter.model.Credentials;
import io.okxexporter.model.User;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The built-in exchange as a running server, and the configuration to poll it. */
public final class Simulation implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Simulation.class);

  private static final List<String> CCYS = List.of("USDT", "BTC");

  /** More would hide the rest of the log. */
  private static final int MAX_LINES = 20;

  private final SimulatedExchange exchange;
  private final SimulatedServer server;
  private @Nullable TemporaryFile keyFile;

  /**
   * @param users the number of users with names; empty for one without
   * @param address where to listen, null for any free port of loopback
   * @throws IOException if it cannot listen there
   */
  public Simulation(OptionalInt users, @Nullable InetSocketAddress address) throws IOException {
    RandomGenerator random = new SecureRandom();
    List<SimulatedUser> invented =
        users.isPresent()
            ? SimulatedUser.named(users.getAsInt(), random)
            : List.of(SimulatedUser.unnamed(random));
    Clock clock = Clock.system();
    exchange = new SimulatedExchange(invented, random.nextLong(), clock.now());
    server =
        new SimulatedServer(
            exchange,
            clock,
            address == null ? new InetSocketAddress(InetAddress.getLoopbackAddress(), 0) : address);
    server.start();
  }

  /** Returns the configuration of an exporter that polls this exchange. */
  public Config config() {
    URI url = server.baseUrl();
    return Config.defaults(
        exchange.users().stream()
            .map(
                user ->
                    new User(
                        user.name(), url, user.demo(), CCYS, user.credentials(), 1, null, null))
            .toList());
  }

  /**
   * Prints a line per user with its play keys, so that any OKX client can use the exchange. Those
   * of many users go into a file that only this account can read, and that ends with the exchange.
   */
  public void announce(PrintStream err) {
    List<String> lines = exchange.users().stream().map(this::line).toList();
    if (lines.size() > MAX_LINES) {
      announceFile(lines, err);
    } else {
      lines.forEach(err::println);
    }
  }

  private String line(SimulatedUser user) {
    Credentials key = user.credentials();
    return "%s%s api_key=%s secret_key=%s passphrase=%s"
        .formatted(
            prefix(),
            user.name() == null ? "" : " user=" + user.name(),
            key.apiKey().reveal(),
            key.secretKey().reveal(),
            key.passphrase().reveal());
  }

  private String prefix() {
    return "msg=\"simulated exchange\" url=" + server.baseUrl();
  }

  /** Prints the lines after all where no file can be written. */
  private void announceFile(List<String> lines, PrintStream err) {
    try {
      TemporaryFile file = TemporaryFile.of("okx-exporter-play-keys-", lines);
      keyFile = file;
      String path = Problem.quoted(file.path().toString());
      err.println(prefix() + " users=" + lines.size() + " keys=" + path);
    } catch (IOException e) {
      lines.forEach(err::println);
    }
  }

  /** Replaces a reload, and cannot fail: the flags alone configure a simulation. */
  public static void reload(Consumer<List<String>> done) {
    log.info("nothing to reload: a simulation is configured by flags only");
    done.accept(List.of());
  }

  @Override
  public void close() {
    server.close();
    if (keyFile != null) {
      keyFile.close();
    }
  }
}
