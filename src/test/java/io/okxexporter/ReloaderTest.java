package io.okxexporter;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.config.Config;
import io.okxexporter.config.ConfigSource;
import io.okxexporter.file.FileAccess;
import io.okxexporter.file.FileException;
import io.okxexporter.file.NamedPipes;
import io.okxexporter.file.TestFiles;
import io.okxexporter.fixture.Authority;
import io.okxexporter.fixture.Authority.Issued;
import io.okxexporter.fixture.Awaiting;
import io.okxexporter.fixture.CapturedLog;
import io.okxexporter.fixture.Child;
import io.okxexporter.fixture.Exporters;
import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.fixture.World;
import io.okxexporter.model.User;
import io.okxexporter.okx.Transport;
import io.okxexporter.simulator.SimulatedUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reloads real files into a running exporter, in virtual time. */
class ReloaderTest {
  private final SimulatedUser user = SimulatedUser.named(1, new Random(1)).get(0);

  private final TestFiles files = new TestFiles();

  @TempDir private Path folder;
  private World world;
  private Reloader reloader;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(folder.resolve("key"), user.credentials().apiKey().reveal() + "\n");
    Files.writeString(folder.resolve("secret"), user.credentials().secretKey().reveal());
    Files.createSymbolicLink(folder.resolve("phrase"), data("wrong"));
    write("[USDT]");
    ConfigSource source = new ConfigSource(folder.resolve("okx.yml"), Map.of(), null, files);
    Config config = source.load();
    world = new World(List.of(user), 1, config);
    reloader = new Reloader(source, config, world.exporter);
    world.time.advance(Duration.ofSeconds(10));
  }

  @Test
  void a_secret_rotated_by_a_swapped_link_is_used_without_a_reload() throws Exception {
    assertThat(world.metrics()).contains("reason=\"auth\",user=\"user1\"} 1.0\n");
    write("[EUR]"); // edited, but without a reload
    Path link = folder.resolve("phrase.new");
    Files.createSymbolicLink(link, data(user.credentials().passphrase().reveal()));
    Files.move(link, folder.resolve("phrase"), StandardCopyOption.ATOMIC_MOVE);
    reloader.reloadChangedSecrets();
    world.time.advance(Duration.ofSeconds(6));
    assertThat(world.metrics()).contains("okx_up{user=\"user1\"} 1.0\n").doesNotContain("EUR");
  }

  @Test
  void a_secret_that_vanishes_changes_nothing_and_recovers_when_it_is_back() throws Exception {
    Files.delete(folder.resolve("key"));
    reloader.reloadChangedSecrets();
    assertThat(world.metrics())
        .contains("okx_exporter_config_last_reload_successful 0.0\n")
        .contains("okx_up{user=\"user1\"}");
    Files.writeString(folder.resolve("key"), user.credentials().apiKey().reveal());
    reloader.reloadChangedSecrets();
    assertThat(world.metrics()).contains("okx_exporter_config_last_reload_successful 1.0\n");
  }

  @Test
  void a_file_that_hangs_keeps_no_new_key_of_another_user_from_its_use() throws Exception {
    Path other = Files.writeString(folder.resolve("other"), "of-somebody-else");
    Files.writeString(
        folder.resolve("okx.yml"),
        "  - {name: user2, region: 'http://127.0.0.1:1', api_key_file: other, secret_key: s,"
            + " passphrase: p}\n",
        StandardOpenOption.APPEND);
    assertThat(reloader.reload()).isEmpty();
    files.hanging.add(other);
    Files.delete(folder.resolve("phrase"));
    Files.writeString(folder.resolve("phrase"), user.credentials().passphrase().reveal());
    try (CapturedLog log = new CapturedLog()) {
      reloader.reloadChangedSecrets();
      reloader.reloadChangedSecrets();
      assertThat(log.text())
          .containsOnlyOnce("msg=\"invalid secret files; affected users keep their current keys\"")
          .containsOnlyOnce("problems=\"users[1].api_key_file: ")
          .contains("reading it timed out after 5 s");
    }
    world.time.advance(Duration.ofSeconds(6));
    assertThat(world.metrics())
        .contains("okx_up{user=\"user1\"} 1.0\n", "okx_up{user=\"user2\"} 0.0\n")
        .contains("okx_exporter_config_last_reload_successful 0.0\n");
    files.hanging.clear();
    reloader.reloadChangedSecrets();
    assertThat(world.metrics()).contains("okx_exporter_config_last_reload_successful 1.0\n");
  }

  @Test
  void a_configuration_that_came_through_a_pipe_is_not_reloaded_and_stays() throws Exception {
    Path pipe = NamedPipes.make(folder.resolve("pipe.yml"));
    Child writer = NamedPipes.write(Files.readString(folder.resolve("okx.yml")), pipe);
    ConfigSource source = new ConfigSource(pipe, Map.of(), null, files);
    Reloader ofPipe = new Reloader(source, source.load(), world.exporter);
    assertThat(writer.awaitExit()).isZero();
    assertThat(ofPipe.reload())
        .containsExactly(
            "--config.file: \""
                + pipe
                + "\": expected a regular file: a pipe or device cannot be read again");
    assertThat(world.metrics()).contains("okx_up{user=\"user1\"}");
  }

  @Test
  void nothing_is_read_while_no_secret_has_changed() throws IOException {
    write("nonsense: true\n#[USDT]");
    reloader.reloadChangedSecrets();
    assertThat(world.metrics()).contains("okx_exporter_config_last_reload_successful 1.0\n");
  }

  @Test
  void a_reload_reads_everything() throws IOException {
    write("[USDT, JPY]");
    world.time.advance(Duration.ofSeconds(5));
    assertThat(reloader.reload()).isEmpty();
    world.time.advance(Duration.ofSeconds(1));
    assertThat(world.metrics())
        .contains("okx_poll_interval_seconds{ccy=\"JPY\",user=\"user1\"}")
        .contains("okx_exporter_config_last_reload_success_timestamp_seconds 1.767225615E9\n");
  }

  @Test
  void the_log_says_what_a_reload_changed() throws IOException {
    try (CapturedLog log = new CapturedLog()) {
      assertThat(reloader.reload()).isEmpty();
      write("[USDT, JPY]");
      Files.writeString(
          folder.resolve("okx.yml"),
          "  - {name: user2, region: 'http://127.0.0.1:1', api_key: k, secret_key: s,"
              + " passphrase: p}\nstale_after: 10m\n",
          StandardOpenOption.APPEND);
      assertThat(reloader.reload()).isEmpty();
      Files.delete(folder.resolve("phrase"));
      Files.writeString(folder.resolve("phrase"), "another");
      reloader.reloadChangedSecrets();
      write("[JPY]");
      assertThat(reloader.reload()).isEmpty();
      assertThat(log.text().lines().map(line -> line.replaceFirst(".*component=main ", "")))
          .containsExactly(
              "msg=\"configuration reloaded\" added=0 removed=0 changed=0",
              "msg=\"configuration reloaded\" added=1 removed=0 changed=1 users=\"added user2;"
                  + " changed user1\" settings=\"stale_after=10m\"",
              "msg=\"secret files changed and were reloaded\" added=0 removed=0 changed=1"
                  + " users=\"changed user1\"",
              "msg=\"configuration reloaded\" added=0 removed=1 changed=1 users=\"removed user2;"
                  + " changed user1\" settings=\"stale_after=5m\"");
    }
  }

  @Test
  void what_a_reload_cannot_change_is_logged() throws Exception {
    ConfigSource source =
        new ConfigSource(
            folder.resolve("okx.yml"),
            Map.of("CREDENTIALS_DIRECTORY", folder.toString()),
            null,
            files);
    Reloader ofService = new Reloader(source, source.load(), world.exporter);
    try (CapturedLog log = new CapturedLog()) {
      assertThat(ofService.reload()).isEmpty();
      assertThat(log.text())
          .contains("msg=\"configuration reloaded\" added=0 removed=0 changed=0 credentials=\"the")
          .contains("copies that systemd made when okx-exporter started: restart it after a");
    }
  }

  @Test
  @Timeout(60)
  void reloads_that_come_while_one_runs_share_the_next_one() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger reads = new AtomicInteger();
    FileAccess slow =
        new TestFiles() {
          @Override
          public byte[] read(Path file, int maxBytes) throws FileException {
            byte[] content = super.read(file, maxBytes);
            if (file.endsWith("okx.yml") && reads.incrementAndGet() == 1) {
              reading.countDown();
              await(go);
            }
            return content;
          }
        };
    ConfigSource source = new ConfigSource(folder.resolve("okx.yml"), Map.of(), null, slow);
    List<List<String>> results = new CopyOnWriteArrayList<>();
    try (Reloader shared = new Reloader(source, source.load(), world.exporter)) {
      shared.reload(results::add);
      reading.await();
      write("[USDT, usdt]");
      for (int i = 0; i < 40; i++) {
        shared.reload(results::add);
      }
      go.countDown();
      Awaiting.until(() -> results.size() == 41);
    }
    assertThat(results.get(0)).as("began before the change").isEmpty();
    assertThat(results.subList(1, 41)).allMatch(problems -> problems.size() == 1);
    assertThat(reads).as("the first and the shared one").hasValue(2);
  }

  @Test
  void a_bad_file_changes_nothing_names_the_problems_and_shows() throws IOException {
    write("[USDT, usdt]\n    demo: maybe");
    assertThat(reloader.reload()).hasSize(2).first().asString().startsWith("users[0].ccys[1]");
    assertThat(world.metrics())
        .contains("okx_exporter_config_last_reload_successful 0.0\n")
        .contains("okx_exporter_config_last_reload_success_timestamp_seconds 1.7672256E9\n")
        .contains("ccy=\"USDT\"");
  }

  @Test
  void what_takes_a_restart_is_said() throws IOException {
    Files.writeString(
        folder.resolve("okx.yml"),
        "diagnosis: false\n" + Files.readString(folder.resolve("okx.yml")));
    assertThat(reloader.reload())
        .containsExactly("diagnosis: expected its current value; changing it requires a restart");
  }

  @Test
  void a_key_is_rotated_in_the_configuration_in_use_after_another_was_refused() throws Exception {
    String inUse = Files.readString(folder.resolve("okx.yml"));
    Files.writeString(folder.resolve("okx.yml"), "diagnosis: false\n" + inUse);
    assertThat(reloader.reload()).hasSize(1);
    Files.delete(folder.resolve("phrase"));
    Files.writeString(folder.resolve("phrase"), user.credentials().passphrase().reveal());
    reloader.reloadChangedSecrets();
    world.time.advance(Duration.ofSeconds(6));
    assertThat(world.metrics())
        .contains("okx_exporter_config_last_reload_successful 0.0\n")
        .contains("okx_up{user=\"user1\"} 1.0\n");
    Files.writeString(folder.resolve("okx.yml"), inUse);
    assertThat(reloader.reload()).isEmpty();
    assertThat(world.metrics()).contains("okx_exporter_config_last_reload_successful 1.0\n");
  }

  @Test
  void a_secret_that_changed_before_a_refused_reload_is_used_all_the_same() throws Exception {
    Files.delete(folder.resolve("phrase"));
    Files.writeString(folder.resolve("phrase"), user.credentials().passphrase().reveal());
    write("[USDT, usdt]");
    assertThat(reloader.reload()).isNotEmpty();
    reloader.reloadChangedSecrets();
    world.time.advance(Duration.ofSeconds(6));
    assertThat(world.metrics()).contains("okx_up{user=\"user1\"} 1.0\n");
  }

  @Test
  void a_user_that_would_go_over_to_another_replica_takes_a_restart() throws Exception {
    ConfigSource source =
        new ConfigSource(folder.resolve("okx.yml"), Map.of("OKX_SHARD", "0/3"), null, files);
    Reloader ofReplica = new Reloader(source, source.load(), world.exporter);
    write("[USDT]\n    rate_limit_group: user1");
    assertThat(ofReplica.reload()).isEmpty();
    write("[USDT]\n    rate_limit_group: user2");
    assertThat(ofReplica.reload())
        .containsExactly(
            "user user1: expected its current name and rate_limit_group: new ones would move it to"
                + " another replica, which requires stopping all replicas first");
    assertThat(reloader.reload()).as("there is only one").isEmpty();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_warning_that_was_given_before_is_not_given_again() throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      write("[XYZ]");
      assertThat(reloader.reload()).isEmpty();
      assertThat(reloader.reload()).isEmpty();
      assertThat(log.text()).containsOnlyOnce("not among those OKX documents");
      write("[XYZ, UVW]");
      assertThat(reloader.reload()).isEmpty();
      assertThat(log.text().lines().filter(line -> line.contains("not among those"))).hasSize(2);
    }
  }

  @Test
  void authorities_change_with_a_reload_which_is_refused_if_java_s_own_cannot_be_read()
      throws Exception {
    Trusting transport = new Trusting();
    VirtualTime time = new VirtualTime(World.START);
    ConfigSource source = new ConfigSource(folder.resolve("okx.yml"), Map.of(), null, files);
    Config config = source.load();
    Exporter exporter =
        Exporters.of(config, new Exporter.Ports(time, time, transport), new Random(1));
    Reloader ofTrust = new Reloader(source, config, exporter);
    Issued authority = new Authority("corporate").root;
    Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
    write("[USDT]\nca_file: ca.pem");
    assertThat(ofTrust.reload()).isEmpty();
    assertThat(transport.trusted).containsExactly(authority.certificate());
    transport.broken = true;
    write("[USDT]");
    assertThat(ofTrust.reload()).containsExactly("the trust store of Java: broken");
    assertThat(exporter.view().reloads().successful()).isFalse();
    transport.broken = false;
    assertThat(ofTrust.reload()).isEmpty();
    assertThat(transport.trusted).isEmpty();
  }

  /** Sends nothing, and keeps what it trusts. */
  private static final class Trusting implements Transport {
    private List<X509Certificate> trusted = List.of();
    private boolean broken;

    @Override
    public Cancellation send(Request request, Consumer<Reply> done) {
      return () -> {};
    }

    @Override
    public void trust(List<X509Certificate> authorities) throws IOException {
      if (broken) {
        throw new IOException("the trust store of Java: broken");
      }
      trusted = authorities;
    }
  }

  private Path data(String phrase) throws IOException {
    Path file = folder.resolve("data-" + phrase.hashCode());
    return Files.writeString(file, phrase);
  }

  private void write(String ccys) throws IOException {
    User configured = World.asking("USDT").apply(user);
    Files.writeString(
        folder.resolve("okx.yml"),
        """
        poll_interval: 1s
        users:
          - name: user1
            region: %s
            api_key_file: key
            secret_key_file: secret
            passphrase_file: phrase
            ccys: %s
        """
            .formatted(configured.baseUrl(), ccys));
  }
}
