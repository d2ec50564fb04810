package io.okxexporter.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {
  @Test
  void a_key_that_does_not_exist_may_be_mistyped_or_swapped_of_another_region_or_deleted() {
    assertThat(Reason.WRONG_ENVIRONMENT.remedy("50119"))
        .containsSubsequence("mistyped", "swapped", "region", "deleted");
    assertThat(Reason.WRONG_ENVIRONMENT.remedy())
        .containsSubsequence("50119", "mistyped", "swapped", "region", "deleted", "50101");
  }

  @ParameterizedTest
  @EnumSource
  void the_remedy_of_another_request_does_not_speak_of_valuations_and_units(Reason reason) {
    assertThat(Stream.concat(Stream.of((String) null), reason.codes().stream()))
        .map(reason::diagnosticRemedy)
        .allSatisfy(remedy -> assertThat(remedy).doesNotContain("valuation", "unit", "ccys"));
  }
}
