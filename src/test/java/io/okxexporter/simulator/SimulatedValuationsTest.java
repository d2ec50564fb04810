package io.okxexporter.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SimulatedValuationsTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00.123Z");
  private static final String UID = "446581203941723136";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MONTH = 30 * 86_400;

  @Property(tries = 200)
  void asking_more_in_between_changes_no_value(
      @ForAll long seed,
      @ForAll @IntRange(max = MONTH) int second,
      @ForAll @Size(max = 5) List<@IntRange(min = -60, max = MONTH) Integer> before) {
    SimulatedValuations valuations = valuations(seed);
    before.forEach(other -> valuations.of(UID, "BTC", START.plusSeconds(other)));
    Instant at = START.plusSeconds(second);
    assertThat(Client.text(valuations.of(UID, "USDT", at)))
        .isEqualTo(Client.text(valuations(seed).of(UID, "USDT", at)));
  }

  @Property(tries = 200)
  void the_parts_are_near_the_total_and_nothing_is_negative(
      @ForAll long seed, @ForAll @LongRange(max = 10L * MONTH) long second)
      throws JsonProcessingException {
    JsonNode data = usdt(valuations(seed), UID, second);
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode part : data.get("details")) {
      assertThat(amount(part)).isNotNegative();
      sum = sum.add(amount(part));
    }
    assertThat(sum.subtract(amount(data.get("totalBal"))).abs())
        .isLessThanOrEqualTo(new BigDecimal("0.03"));
  }

  @Test
  void accounts_are_worth_a_few_thousand_to_a_few_hundred_thousand_dollars()
      throws JsonProcessingException {
    SimulatedValuations valuations = valuations(1);
    long begin = -EventSchedule.HISTORY.toSeconds();
    for (int user = 0; user < 200; user++) {
      assertThat(amount(usdt(valuations, "uid" + user, begin).get("totalBal")))
          .isBetween(new BigDecimal(2_990), new BigDecimal(300_010));
      assertThat(amount(usdt(valuations, "uid" + user, MONTH).get("totalBal")))
          .isBetween(new BigDecimal(800), new BigDecimal(900_000));
    }
  }

  @Test
  void data_is_updated_once_a_second_and_says_so() throws JsonProcessingException {
    SimulatedValuations valuations = valuations(1);
    String first = Client.text(valuations.of(UID, "USDT", START));
    assertThat(Client.text(valuations.of(UID, "USDT", START.plusMillis(999)))).isEqualTo(first);
    assertThat(usdt(valuations, UID, 0).get("ts").asText()).isEqualTo("1795348800123");
    assertThat(usdt(valuations, UID, 1).get("ts").asText()).isEqualTo("1795348801123");
  }

  @Test
  void values_drift() throws JsonProcessingException {
    SimulatedValuations valuations = valuations(1);
    BigDecimal now = amount(usdt(valuations, UID, 0).get("totalBal"));
    long changed = 0;
    for (int second = 1; second <= 15; second++) {
      changed += now.compareTo(amount(usdt(valuations, UID, second).get("totalBal"))) == 0 ? 0 : 1;
    }
    assertThat(changed).isGreaterThan(12);
  }

  @Test
  void btc_has_8_decimals_and_everything_else_2() throws JsonProcessingException {
    SimulatedValuations valuations = valuations(1);
    assertThat(total(valuations, "BTC").scale()).isBetween(5, 8);
    assertThat(total(valuations, "USDT").scale()).isBetween(0, 2);
    assertThat(total(valuations, "VND").scale()).isBetween(0, 2);
  }

  @Test
  void prices_move_as_far_as_their_volatility_says() {
    double squares = 0;
    for (int seed = 0; seed < 2_000; seed++) {
      double year = new RandomWalk(new SplittableRandom(seed).nextLong()).at(31_557_600);
      squares += year * year / 31_557_600;
    }
    assertThat(Math.sqrt(squares / 2_000)).isBetween(0.9, 1.1);
  }

  @Test
  void steps_of_a_price_are_of_the_same_size_wherever_they_are() {
    RandomWalk walk = new RandomWalk(3);
    for (long from : new long[] {0, 5_000_000, (1L << 27) - 5_000}) {
      double squares = 0;
      for (long step = from; step < from + 10_000; step++) {
        squares += Math.pow(walk.at(step + 1) - walk.at(step), 2);
      }
      assertThat(Math.sqrt(squares / 10_000)).isBetween(0.95, 1.05);
    }
  }

  @Test
  void prices_stand_still_before_the_start() throws JsonProcessingException {
    SimulatedValuations valuations = valuations(1);
    JsonNode then =
        JSON.readTree(Client.text(valuations.indexTickers("USDT", START.minusSeconds(60))));
    JsonNode now = JSON.readTree(Client.text(valuations.indexTickers("USDT", START)));
    assertThat(then.findValuesAsText("idxPx")).isEqualTo(now.findValuesAsText("idxPx"));
  }

  private static SimulatedValuations valuations(long seed) {
    return new SimulatedValuations(
        seed, START, new Portfolios(seed, START.toEpochMilli(), List.of()));
  }

  private static BigDecimal total(SimulatedValuations valuations, String ccy)
      throws JsonProcessingException {
    return amount(data(valuations.of(UID, ccy, START)).get("totalBal"));
  }

  private static JsonNode usdt(SimulatedValuations valuations, String uid, long second)
      throws JsonProcessingException {
    return data(valuations.of(uid, "USDT", START.plusSeconds(second)));
  }

  private static JsonNode data(SimulatedResponse response) throws JsonProcessingException {
    return JSON.readTree(Client.text(response)).get("data").get(0);
  }

  private static BigDecimal amount(JsonNode node) {
    return new BigDecimal(node.asText());
  }
}
