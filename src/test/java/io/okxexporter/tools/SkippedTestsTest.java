package io.okxexporter.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okxexporter.fixture.Command;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class SkippedTestsTest {
  private static String skipped(String reason) {
    return """
        <testcase name="a" classname="b" time="0.1">
          <skipped type="org.opentest4j.TestAbortedException"><![CDATA[%s: Assumption failed: %s
        	at org.junit.jupiter.api.Assumptions.throwAssumptionFailed(Assumptions.java:316)]]></skipped>
        </testcase>
        """
        .formatted(TestAbortedException.class.getName(), reason);
  }

  @Test
  void each_reason_is_named_once_with_its_number_of_tests() {
    List<String> reports =
        List.of(
            skipped("promtool is not on the PATH: .ci/run names the package")
                + skipped("nginx is not on the PATH: .ci/run names the package"),
            skipped("promtool is not on the PATH: .ci/run names the package"),
            "<testcase name=\"c\"/>");
    assertThat(SkippedTests.summary(reports))
        .isEqualTo(
            """
            Skipped tests:
              1 × nginx is not on the PATH: .ci/run names the package
              2 × promtool is not on the PATH: .ci/run names the package
            """);
  }

  @Test
  void without_skipped_tests_nothing_is_printed() {
    assertThat(SkippedTests.summary(List.of("<testcase name=\"c\"/>"))).isEmpty();
  }

  /** The reason of a missing program begins as the pattern expects. */
  @Test
  void a_missing_program_is_an_assumption_that_names_it() {
    if (!"true".equals(System.getenv("CI"))) {
      assertThatThrownBy(() -> Command.program("no-such-program"))
          .isInstanceOf(TestAbortedException.class)
          .hasMessage(
              "Assumption failed: no-such-program is not on the PATH: .ci/run names the package");
    }
  }
}
