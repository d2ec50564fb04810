package io.okxexporter.config.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckFlagsTest {
  @Test
  void check_alone_is_text_without_balances_and_with_the_probe() throws Exception {
    assertThat(CheckFlags.isCheck("check")).isTrue();
    assertThat(CheckFlags.parse("check"))
        .isEqualTo(new CheckFlags(Flags.parse(), false, false, true));
  }

  @Test
  void check_takes_its_own_flags_and_those_of_the_exporter() throws Exception {
    CheckFlags flags =
        CheckFlags.parse(
            "check",
            "--format=json",
            "--config.file",
            "okx.yml",
            "--show-values",
            "--no-region-probe");
    assertThat(flags.flags().configFile()).isEqualTo(Path.of("okx.yml"));
    assertThat(flags.json()).isTrue();
    assertThat(flags.showValues()).isTrue();
    assertThat(flags.regionProbe()).isFalse();
  }

  @Test
  void its_switches_have_opposites() throws Exception {
    assertThat(CheckFlags.parse("check", "--no-show-values", "--region-probe"))
        .isEqualTo(CheckFlags.parse("check"));
    assertThatThrownBy(() -> CheckFlags.parse("check", "--no-region-probe", "--region-probe"))
        .hasMessage("--no-region-probe: expected without --region-probe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--simulate", "--simulate check", "Check"})
  void other_command_lines_are_no_check(String line) {
    assertThat(CheckFlags.isCheck(line.split(" "))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "check --format=xml|--format: \"xml\": expected text or json",
        "check --config.check|--config.check: expected only without check, which includes it",
        "check --simulate --simulate.once|--simulate.once: expected only without check",
        "check --simulate.users=2|--simulate.users: expected only with --simulate",
        "check check|check: expected as the first argument",
        "check --show-value|--show-value: unknown flag, did you mean --show-values?",
        "check s3cr3t|expected flags only, no other arguments",
      })
  void bad_usage_is_one_clear_line(String line, String message) {
    assertThatThrownBy(() -> CheckFlags.parse(line.split(" ")))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--simulate check|check: expected as the first argument",
        "--show-values|--show-values: unknown flag",
        "--format=json|--format: unknown flag",
      })
  void the_flags_of_check_belong_behind_it(String line, String message) {
    assertThatThrownBy(() -> Flags.parse(line.split(" ")))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @Test
  void the_help_names_its_flags_and_the_help_of_the_exporter_names_it() {
    assertThat(CheckFlags.usage())
        .startsWith("Usage: okx-exporter check [OPTIONS]")
        .contains("--format", "--show-values", "--no-region-probe", "--config.file", "--simulate")
        .doesNotContain("--config.check");
    assertThat(CheckFlags.usage().lines()).allMatch(line -> line.length() <= 90);
    assertThat(Flags.usage()).contains("okx-exporter check").doesNotContain("--show-values");
  }
}
