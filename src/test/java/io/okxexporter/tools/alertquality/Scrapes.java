package io.okxexporter.tools.alertquality;

import io.okxexporter.model.Shard;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.List;

/** Scrapes each process of the exporter in a world once a minute, as Prometheus would. */
final class Scrapes {
  private final World world;
  private final long start;
  private final Exchange exchange;
  private final Recording recording;
  private final List<Replica> replicas = new ArrayList<>();
  private Shard shard = Shard.WHOLE;
  private int names;

  private Scrapes(World world, long start, Recording recording) {
    this.world = world;
    this.start = start;
    this.recording = recording;
    exchange = new Exchange(world, start);
    replicas.add(replica(newName(), 0));
  }

  /**
   * @param start Unix time of the world's first second
   */
  static void record(World world, long start, Recording recording) {
    Scrapes scrapes = new Scrapes(world, start, recording);
    for (int minute = 0; minute < world.minutes(); minute++) {
      scrapes.minute(minute);
    }
  }

  private void minute(int minute) {
    world.incidents().stream()
        .filter(each -> each.from() / 60 == minute)
        .forEach(each -> replace(each, minute));
    setShard(world.has(IncidentType.LONE_REPLICA, minute) ? Replica.LONE : Shard.WHOLE, minute);
    replicas.removeIf(replica -> replica.ended(minute));
    replicas.forEach(replica -> scrape(replica, minute));
    world.members().forEach(member -> setFloor(member, minute));
  }

  private void setFloor(Member member, int minute) {
    Labels unit = Labels.of("ccy", "USDT", "user", member.name());
    recording.add("okx_balance_floor", unit, minute, member.floor(world.prices()));
  }

  private void replace(Incident incident, int minute) {
    int later = (int) (incident.until() / 60);
    if (incident.type() == IncidentType.RESTART) {
      restart(later);
    } else if (incident.type() == IncidentType.RENAME) {
      replicas.forEach(replica -> replica.endAt(later));
      replicas.add(0, replica(newName(), minute));
    }
  }

  /** Restarts the process if its shard changes, since a process has one shard for life. */
  private void setShard(Shard wanted, int minute) {
    if (!wanted.equals(shard)) {
      shard = wanted;
      restart(minute);
    }
  }

  private void restart(int first) {
    String name = replicas.get(0).name();
    replicas.clear();
    replicas.add(replica(name, first));
  }

  private Replica replica(String name, int first) {
    return new Replica(name, first, shard, world, exchange, start);
  }

  private String newName() {
    return "10.0.0." + names++ % 250 + ":10058";
  }

  private void scrape(Replica replica, int minute) {
    Labels target = Labels.of("instance", replica.name(), "job", "okx");
    boolean isServing = replica.isServing(minute);
    replica.poll(minute);
    if (world.has(IncidentType.NOT_SCRAPED, minute)) {
      return;
    }
    recording.add("up", target, minute, isServing ? 1 : 0);
    if (isServing) {
      replica.scrape(
          minute,
          (family, labels, value) -> recording.add(family, labels.merge(target), minute, value));
    }
  }
}
