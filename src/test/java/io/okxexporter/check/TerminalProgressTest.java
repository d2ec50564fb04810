package io.okxexporter.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void who_watches_sees_what_is_going_on_and_nothing_of_it_stays() {
    TerminalProgress terminal = new TerminalProgress(new PrintStream(err, true, UTF_8), true);
    terminal.doing("user a\u001b: key");
    terminal.clear();
    assertThat(err.toString(UTF_8)).isEqualTo("\r\u001b[Kuser a?: key\r\u001b[K");
  }

  @Test
  void without_a_terminal_only_what_has_to_be_said_is() {
    TerminalProgress terminal = new TerminalProgress(new PrintStream(err, true, UTF_8), false);
    terminal.doing("user a: key");
    terminal.clear();
    terminal.announce("asking somebody\u001b else");
    assertThat(err.toString(UTF_8)).isEqualTo("asking somebody? else" + System.lineSeparator());
  }

  @Test
  void no_color_is_respected() {
    assertThat(TerminalProgress.allowsColour(Map.of("NO_COLOR", "1"))).isFalse();
    assertThat(TerminalProgress.allowsColour(Map.of("NO_COLOR", ""))).isTrue();
    assertThat(TerminalProgress.allowsColour(Map.of())).isTrue();
  }
}
