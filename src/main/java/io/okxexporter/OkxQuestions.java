package io.okxexporter;

import io.okxexporter.model.KeyFacts;
import io.okxexporter.model.Maintenance;
import io.okxexporter.model.Outcome;
import io.okxexporter.model.User;
import io.okxexporter.okx.OkxClient;
import io.okxexporter.schedule.Questions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The client, as the scheduler asks it: the two do not know each other. */
record OkxQuestions(OkxClient okx) implements Questions {
  @Override
  public void keyFacts(User user, Consumer<Outcome<KeyFacts>> done) {
    okx.keyFacts(user, done);
  }

  @Override
  public void clockSkew(URI host, @Nullable URI proxyUrl, Consumer<Outcome<Duration>> done) {
    okx.clockSkew(host, proxyUrl, done);
  }

  @Override
  public void maintenance(
      URI host, @Nullable URI proxyUrl, Consumer<Outcome<List<Maintenance>>> done) {
    okx.maintenance(host, proxyUrl, done);
  }
}
