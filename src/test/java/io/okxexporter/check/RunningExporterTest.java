package io.okxexporter.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.model.Reason;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunningExporterTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

  private static final String POLLS =
      """
      # TYPE okx_api_key_info gauge
      okx_api_key_info{account_type="main",permissions="read_only",uid="7",user="a \\"b\\" \\\\"} 1
      okx_poll_interval_seconds{ccy="USDT",user="a \\"b\\" \\\\"} 15.0
      okx_poll_interval_seconds{ccy="BTC",user="a \\"b\\" \\\\"} 15.0
      okx_last_success_timestamp_seconds{ccy="USDT",user="a \\"b\\" \\\\"} 1.767225656E9
      okx_asset_valuation_age_seconds{ccy="USDT",user="a \\"b\\" \\\\"} 6.5
      okx_up{user="a \\"b\\" \\\\"} 1.0
      """;

  private static RunningExporter exporter(String metrics) {
    return RunningExporter.of(metrics, NOW);
  }

  @Test
  void a_unit_that_it_polls_passes_with_what_it_knows() {
    Step step = exporter(POLLS).unit("7", "USDT").orElseThrow();
    assertThat(step.status()).isEqualTo(StepStatus.PASS);
    assertThat(step.text())
        .isEqualTo(
            "already polled by the okx-exporter running here; last success 4 s ago; the data are"
                + " 6.5 s old");
  }

  @Test
  void a_unit_that_nobody_has_asked_yet_is_a_warning() {
    assertThat(exporter(POLLS).unit("7", "BTC").orElseThrow().status()).isEqualTo(StepStatus.WARN);
  }

  @Test
  void a_unit_that_fails_there_fails_with_its_remedy() {
    String failing =
        POLLS + "okx_failing{ccy=\"USDT\",reason=\"auth\",user=\"a \\\"b\\\" \\\\\"} 1.0\n";
    Step step = exporter(failing).unit("7", "USDT").orElseThrow();
    assertThat(step.status()).isEqualTo(StepStatus.FAIL);
    assertThat(step.text()).contains("auth", "last success 4 s ago");
    assertThat(step.remedy()).isEqualTo(Reason.AUTH.remedy());
  }

  @Test
  void a_user_that_is_not_up_there_is_a_warning() {
    Step step = exporter(POLLS.replace("} 1.0", "} 0.0")).unit("7", "USDT").orElseThrow();
    assertThat(step.status()).isEqualTo(StepStatus.WARN);
  }

  @Test
  void what_it_does_not_poll_is_left_to_oneself() {
    RunningExporter exporter = exporter(POLLS);
    assertThat(exporter.unit("8", "USDT")).as("another User ID").isEmpty();
    assertThat(exporter.unit("7", "EUR")).as("another unit").isEmpty();
    assertThat(exporter(POLLS + "okx_exporter_simulated 1.0\n").unit("7", "USDT"))
        .as("play money")
        .isEmpty();
    assertThat(exporter("").unit("7", "USDT")).isEmpty();
  }

  @Test
  void nobody_is_asked_beside_it_where_a_User_ID_is_unknown() {
    assertThat(exporter(POLLS).unit("", "USDT").orElseThrow().status())
        .as("our key's")
        .isEqualTo(StepStatus.WARN);
    String without = POLLS + "okx_poll_interval_seconds{ccy=\"USDT\",user=\"b\"} 15.0\n";
    assertThat(exporter(without).unit("8", "USDT").orElseThrow().status())
        .as("one of its users'")
        .isEqualTo(StepStatus.WARN);
  }

  @Test
  void a_user_without_a_name_is_found_too() {
    String unnamed = POLLS.replaceAll(",user=.*}", "}").replaceAll("user=.*}", "}");
    assertThat(exporter(unnamed).unit("7", "USDT").orElseThrow().status())
        .isEqualTo(StepStatus.PASS);
  }

  @Test
  void one_that_lets_nobody_look_leaves_a_warning() {
    assertThat(RunningExporter.closed("why").unit("7", "USDT").orElseThrow().status())
        .isEqualTo(StepStatus.WARN);
  }
}
