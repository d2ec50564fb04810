package io.okxexporter.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.AbstractList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FamilyTextTest {
  private static final byte[] TEXT =
      "# TYPE okx_up gauge\nokx_up{user=\"a\"} 1.0\nokx_up{user=\"b\"} 0.0\n".getBytes(UTF_8);

  private final List<DataPointSnapshot> samples =
      List.of(
          Family.OKX_UP.sample(Labels.of("user", "a"), 1),
          Family.OKX_UP.sample(Labels.of("user", "b"), 0));

  /** A list that says whether somebody looked into it. */
  private static final class Watched extends AbstractList<DataPointSnapshot> {
    private final List<DataPointSnapshot> samples;
    private int looks;

    Watched(List<DataPointSnapshot> samples) {
      this.samples = samples;
    }

    @Override
    public DataPointSnapshot get(int index) {
      looks++;
      return samples.get(index);
    }

    @Override
    public int size() {
      return samples.size();
    }
  }

  @Test
  void a_family_in_which_nothing_moved_is_not_looked_through_at_each_scrape() {
    Watched first = new Watched(samples);
    FamilyText text = scrape(FamilyText.NONE, first);
    assertNotLookedThrough(text, first);

    Watched alike = new Watched(samples);
    FamilyText next = scrape(text, alike);
    assertThat(alike.looks).isPositive();
    assertNotLookedThrough(next, alike);
  }

  private static FamilyText scrape(FamilyText before, List<DataPointSnapshot> now) {
    List<DataPointSnapshot> changed = before.changed(now);
    FamilyText delta = changed.isEmpty() ? FamilyText.NONE : FamilyText.read(changed, TEXT, 0);
    return before.merge(now, delta);
  }

  private static void assertNotLookedThrough(FamilyText text, Watched samples) {
    samples.looks = 0;
    assertThat(text.changed(samples)).isEmpty();
    assertThat(samples.looks).isZero();
  }
}
