package io.okxexporter;

import static io.okxexporter.fixture.Users.config;
import static io.okxexporter.fixture.Users.through;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.Exporters;
import io.okxexporter.fixture.Users;
import io.okxexporter.fixture.VirtualTime;
import io.okxexporter.fixture.World;
import io.okxexporter.model.Credentials;
import io.okxexporter.model.Endpoint;
import io.okxexporter.model.Secret;
import io.okxexporter.model.User;
import io.okxexporter.okx.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The ways to a host, of which one fails. */
class FallbackRouteTest {
  @Test
  void a_host_is_reached_by_another_way_where_one_fails() {
    User user = Users.user(null, "USDT");
    URI first = URI.create("http://127.0.0.1:3");
    URI other = URI.create("http://127.0.0.1:4");
    List<User> users =
        List.of(
            through(first, named("a", user)),
            through(first, named("b", user)),
            through(other, named("c", user)));
    Map<String, List<String>> ways = new HashMap<>();
    Set<URI> broken = new HashSet<>(Set.of(first));
    VirtualTime time = new VirtualTime(World.START);
    Transport transport =
        (request, done) -> {
          URI way = Objects.requireNonNull(request.proxy()).url();
          ways.computeIfAbsent(request.target(), any -> new ArrayList<>())
              .add(
                  time.now().getEpochSecond() - World.START.getEpochSecond() + " " + way.getPort());
          done.accept(
              broken.contains(way)
                  ? new Transport.Fault(false, false, "no connection")
                  : new Transport.Response(200, null, null, body(request, time)));
          return () -> {};
        };
    Exporter exporter =
        Exporters.of(
            config(Duration.ofSeconds(15), true, users),
            new Exporter.Ports(time, time, transport),
            new Random(1));
    exporter.start();
    time.advance(Duration.ofMinutes(3));
    assertThat(ways.get(Endpoint.PUBLIC_TIME.path())).containsExactly("0 3", "30 4");
    assertThat(ways.get(Endpoint.SYSTEM_STATUS.path()))
        .containsExactly("0 3", "60 4", "120 4", "180 4");
    assertThat(exporter.view().hosts().get(0).skew()).isNotNull();
    broken.add(other);
    broken.remove(first);
    ways.clear();
    time.advance(Duration.ofMinutes(4));
    assertThat(ways.get(Endpoint.SYSTEM_STATUS.path()))
        .containsExactly("240 4", "300 3", "360 3", "420 3");
  }

  private static User named(String name, User user) {
    Credentials key = new Credentials(new Secret(name), new Secret("s"), new Secret("p"));
    return new User(
        name, user.baseUrl(), user.demo(), user.ccys(), key, 1, user.sharedGroup(), user.proxy());
  }

  private static byte[] body(Transport.Request request, VirtualTime time) {
    String data =
        request.target().equals(Endpoint.PUBLIC_TIME.path())
            ? "{\"ts\":\"" + time.now().toEpochMilli() + "\"}"
            : "";
    return ("{\"code\":\"0\",\"msg\":\"\",\"data\":[" + data + "]}").getBytes(UTF_8);
  }
}
