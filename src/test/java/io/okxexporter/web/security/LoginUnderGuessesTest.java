package io.okxexporter.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.web.security.GuessedServer.Connection;
import io.okxexporter.web.security.PasswordVerifier.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How soon a new client logs in with the right password while others guess, in virtual time. */
@Tag("slow")
class LoginUnderGuessesTest {
  private static final Duration BEGIN = Duration.ofSeconds(75);
  private static final Duration RETRY = Duration.ofSeconds(15);
  private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(10);
  private static final int SEEDS = 3;
  private static final String OWN_ADDRESS = "10.0.0.1";

  private Random random = new Random(0);
  private GuessedServer server = new GuessedServer();
  private Duration loggedIn = Duration.ZERO;
  private final List<Duration> tries = new ArrayList<>();

  /** The addresses that guesses come from. */
  enum From {
    SAME,
    OTHER,
    RANDOM
  }

  /** Which passwords are tried first. */
  enum First {
    RIGHT,
    WRONG,
    MIXED
  }

  /** Whether a guesser closes its connection. */
  enum Style {
    CLOSED,
    LEFT_OPEN
  }

  @ParameterizedTest
  @CsvSource({
    "SAME, CLOSED, 50, 300",
    "SAME, CLOSED, 200, 300",
    "OTHER, CLOSED, 200, 300",
    "RANDOM, CLOSED, 50, 300",
    "RANDOM, CLOSED, 200, 300",
    "OTHER, LEFT_OPEN, 50, 300",
    "OTHER, LEFT_OPEN, 200, 300",
    "SAME, LEFT_OPEN, 20, 15300",
    "SAME, LEFT_OPEN, 50, 15300",
    "SAME, LEFT_OPEN, 200, 15300",
    "RANDOM, LEFT_OPEN, 20, 15300",
    "RANDOM, LEFT_OPEN, 50, 15300",
    "RANDOM, LEFT_OPEN, 200, 15300",
    "RANDOM, LEFT_OPEN, 500, 15300"
  })
  void a_login_that_is_tried_again_gets_in_among_new_guesses(
      From from, Style style, int perSecond, long withinMillis) {
    for (int seed = 0; seed < SEEDS; seed++) {
      begin(seed);
      guess(from, style, perSecond);
      assertThat(millisToLogin()).isLessThanOrEqualTo(withinMillis);
    }
  }

  /** Guessers that wait for a response before they guess again. */
  @ParameterizedTest
  @CsvSource({
    "SAME, 20, 300",
    "SAME, 50, 300",
    "SAME, 100, 300",
    "SAME, 500, 15300",
    "OTHER, 500, 300",
    "RANDOM, 50, 300",
    "RANDOM, 500, 15300"
  })
  void a_login_gets_in_among_guessers_that_wait(From from, int guessers, long withinMillis) {
    for (int seed = 0; seed < SEEDS; seed++) {
      begin(seed);
      for (int i = 0; i < guessers; i++) {
        guessInSequence(from);
      }
      assertThat(millisToLogin()).isLessThanOrEqualTo(withinMillis);
    }
  }

  /** Their first guesses all wait at once; those made after held-back refusals follow. */
  @ParameterizedTest
  @EnumSource(
      value = From.class,
      names = {"SAME", "RANDOM"})
  void a_login_gets_in_among_fifty_guessers_that_have_just_begun(From from) {
    for (int seed = 0; seed < 80; seed++) {
      begin(seed);
      Duration begun = Duration.ofMillis(100L * seed);
      server.at(
          BEGIN.minus(begun),
          () -> {
            for (int i = 0; i < 50; i++) {
              guessInSequence(from);
            }
          });
      assertThat(millisToLogin()).isLessThanOrEqualTo(10 * GuessedServer.COMPARISON.toMillis());
    }
  }

  /** Guessers that exploit the queue: a guess counts as old once it is repeated. */
  @ParameterizedTest
  @CsvSource({"SAME, 50", "SAME, 200", "RANDOM, 50", "RANDOM, 200"})
  void a_login_gets_in_among_guesses_that_come_again(From from, int perSecond) {
    for (int seed = 0; seed < SEEDS; seed++) {
      begin(seed);
      guessTwice(from, perSecond);
      assertThat(millisToLogin()).isLessThanOrEqualTo(3 * RETRY.toMillis());
    }
  }

  /** After a mistyped password, every new address counts as served longer ago. */
  @ParameterizedTest
  @CsvSource({"50", "100", "200"})
  void a_login_that_was_mistyped_gets_in_among_guesses_from_everywhere(int perSecond) {
    for (int seed = 0; seed < SEEDS; seed++) {
      begin(seed);
      server.at(
          BEGIN.minusSeconds(3), () -> server.attempt(OWN_ADDRESS, "user", "mistyped", it -> {}));
      guess(From.RANDOM, Style.LEFT_OPEN, perSecond);
      assertThat(millisToLogin()).isLessThanOrEqualTo(15_300);
    }
  }

  /** In any order of right and wrong ones. */
  @ParameterizedTest
  @EnumSource(First.class)
  void three_hundred_at_once_are_all_answered_in_half_a_minute(First first) {
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      boolean isRight = first == First.MIXED ? i % 2 == 0 : i < 150 == (first == First.RIGHT);
      server.attempt(
          OWN_ADDRESS, "user" + i, isRight ? GuessedServer.RIGHT : "wrong", it -> verdicts.add(it));
    }
    server.at(Duration.ofSeconds(30), server::stop);
    server.run();
    assertThat(verdicts).hasSize(300).containsOnly(Verdict.ACCEPTED, Verdict.REFUSED);
    assertThat(verdicts).filteredOn(Verdict.ACCEPTED::equals).hasSize(150);
  }

  @Test
  void three_hundred_equal_ones_take_one_comparison_each() {
    for (int i = 0; i < 300; i++) {
      server.attempt(OWN_ADDRESS, "user", i % 2 == 0 ? GuessedServer.RIGHT : "wrong", it -> {});
    }
    server.run();
    assertThat(server.comparisons()).isEqualTo(2);
  }

  private void begin(int seed) {
    random = new Random(seed);
    server = new GuessedServer();
    tries.clear();
    loggedIn = BEGIN.multipliedBy(10);
  }

  private long millisToLogin() {
    server.at(BEGIN.plusMillis(random.nextInt(1000)), this::logIn);
    server.at(BEGIN.multipliedBy(3), server::stop);
    server.run();
    return loggedIn.minus(tries.get(0)).toMillis();
  }

  private void logIn() {
    tries.add(server.now());
    Connection connection =
        server.attempt(
            OWN_ADDRESS,
            "user",
            GuessedServer.RIGHT,
            it -> {
              if (it == Verdict.ACCEPTED) {
                loggedIn = server.now();
                server.stop();
              }
            });
    server.at(CLIENT_TIMEOUT, connection::close);
    server.at(RETRY, this::logIn);
  }

  private void guess(From from, Style style, int perSecond) {
    Connection connection = server.attempt(address(from), "user", newGuess(), it -> {});
    if (style == Style.CLOSED) {
      connection.close();
    }
    server.at(pause(perSecond), () -> guess(from, style, perSecond));
  }

  private void guessTwice(From from, int perSecond) {
    String guess = newGuess();
    server.attempt(address(from), "user", guess, it -> {});
    server.at(Duration.ofSeconds(5), () -> server.attempt(address(from), "user", guess, it -> {}));
    server.at(pause(perSecond), () -> guessTwice(from, perSecond));
  }

  private void guessInSequence(From from) {
    server.attempt(
        address(from),
        "user",
        newGuess(),
        it -> server.at(Duration.ofMillis(1), () -> guessInSequence(from)));
  }

  private Duration pause(int perSecond) {
    return Duration.ofNanos((long) (1e9 / perSecond * (0.5 + random.nextDouble())));
  }

  private String newGuess() {
    return "guess" + random.nextLong();
  }

  private String address(From from) {
    return switch (from) {
      case SAME -> OWN_ADDRESS;
      case OTHER -> "10.0.0.2";
      case RANDOM -> "random" + random.nextLong();
    };
  }
}
