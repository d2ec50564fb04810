package io.okxexporter.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.fixture.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {
  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"));
  private final List<String> started = new ArrayList<>();

  @Test
  void every_eleventh_place_goes_to_who_waits_patiently() {
    Gate gate = gate(10_000, 1);
    for (int i = 0; i < 25; i++) {
      enter(gate, "a");
    }
    enterPatiently(gate, "P");
    enterPatiently(gate, "P");
    enterPatiently(gate, "P");
    for (int i = 0; i < 30; i++) {
      gate.left();
    }
    assertThat(String.join("", started))
        .isEqualTo("a".repeat(10) + "P" + "a".repeat(10) + "P" + "aaaaaP");
  }

  @Test
  void patient_ones_leave_most_places_free() {
    Gate gate = gate(10_000, 100);
    for (int i = 0; i < 80; i++) {
      enterPatiently(gate, "P");
    }
    assertThat(started).hasSize(64);
    enter(gate, "a");
    assertThat(started).hasSize(65).endsWith("a");
    gate.leftPatiently();
    assertThat(started).hasSize(66).endsWith("P");
    gate.left();
    assertThat(started).hasSize(66);
  }

  @Test
  void who_has_nothing_to_send_any_more_takes_no_place() {
    Gate gate = gate(1, 1);
    gate.enter(() -> false);
    enter(gate, "a");
    assertThat(started).containsExactly("a");
  }

  @Test
  void a_new_bound_holds_from_the_next_request_on() {
    Gate gate = gate(2, 100);
    enter(gate, "a");
    gate.bound(2);
    enter(gate, "b");
    time.advance(Duration.ofMillis(499));
    assertThat(started).containsExactly("a");
    time.advance(Duration.ofMillis(1));
    assertThat(started).containsExactly("a", "b");
    gate.bound(0.5);
    enter(gate, "c");
    enter(gate, "d");
    time.advance(Duration.ofMillis(999));
    assertThat(started).endsWith("b");
    time.advance(Duration.ofMillis(1));
    assertThat(started).endsWith("c");
    time.advance(Duration.ofMillis(1999));
    assertThat(started).endsWith("c");
    time.advance(Duration.ofMillis(1));
    assertThat(started).endsWith("d");
  }

  private Gate gate(double perSecond, int maxInFlight) {
    long origin = time.nanoTime();
    return new Gate(perSecond, maxInFlight, time, () -> time.nanoTime() - origin);
  }

  private void enter(Gate gate, String who) {
    gate.enter(() -> started.add(who));
  }

  private void enterPatiently(Gate gate, String who) {
    gate.enterPatiently(() -> started.add(who));
  }
}
