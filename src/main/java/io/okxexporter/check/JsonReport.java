package io.okxexporter.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.okxexporter.model.Outcome.Failure;
import io.okxexporter.model.User;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report for scripts: one JSON document, written at the end. */
final class JsonReport implements Report {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private final PrintStream out;
  private final ObjectNode document = JSON.createObjectNode();
  private final ArrayNode process = JSON.createArrayNode();
  private final ArrayNode users = JSON.createArrayNode();

  /** Writes to the stream. */
  JsonReport(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begin(String title) {
    document.put("title", title);
  }

  @Override
  public void process(List<Step> steps) {
    steps.forEach(step -> process.add(json(step)));
  }

  @Override
  public void user(User user, List<Step> steps) {
    ObjectNode json = users.addObject();
    json.put("user", user.name());
    json.put("url", user.baseUrl().toString());
    json.put("demo", user.demo());
    ArrayNode array = json.putArray("steps");
    steps.forEach(step -> array.add(json(step)));
  }

  @Override
  public void end(Summary summary) {
    document.put("status", summary.result().label());
    ObjectNode counts = document.putObject("counts");
    for (StepStatus status : StepStatus.values()) {
      counts.put(status.label(), summary.count(status));
    }
    document.set("steps", process);
    document.set("users", users);
    out.print(text() + "\n");
    out.flush();
  }

  private String text() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withArrayIndenter(indenter);
    try {
      return JSON.writer(printer.withObjectIndenter(indenter)).writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always writable", e);
    }
  }

  private static ObjectNode json(Step step) {
    ObjectNode json = JSON.createObjectNode();
    json.put("step", step.name());
    json.put("status", step.status().label());
    json.put("text", step.text());
    json.put("remedy", step.remedy());
    Failure<?> failure = step.failure();
    if (failure != null) {
      json.put("reason", failure.reason().label());
      json.put("code", failure.code());
    }
    if (!step.durations().isEmpty()) {
      putSeconds(json.putObject("seconds"), step.durations());
    }
    if (!step.details().isEmpty()) {
      ArrayNode details = json.putArray("details");
      step.details().forEach(details::add);
    }
    return json;
  }

  private static void putSeconds(ObjectNode json, Map<String, Duration> durations) {
    durations.forEach(
        (name, duration) -> json.put(name.toLowerCase(Locale.ROOT), seconds(duration)));
  }

  private static BigDecimal seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toNanos(), 9).setScale(3, RoundingMode.HALF_EVEN);
  }
}
