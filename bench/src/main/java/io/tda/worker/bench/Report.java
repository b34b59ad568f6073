package io.tda.worker.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.json.StrictJson;
import io.tda.worker.time.Rfc3339;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All figures of one measurement, with what they depend on. */
record Report(Instant takenAt, String effort, Machine machine, List<Figure> figures) {
  Report {
    figures = List.copyOf(figures);
  }

  /** The figure of this name, if it was measured. */
  Optional<Figure> figure(String name) {
    return figures.stream().filter(figure -> figure.name().equals(name)).findFirst();
  }

  /** The machine-readable form. The two figures that stand for all others come first. */
  ObjectNode toJson() {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("schemaVersion", 1);
    json.put("takenAt", Rfc3339.format(takenAt));
    json.put("effort", effort);
    headline(json, "embeddedStepsPerSecond", bestEmbedded());
    headline(json, "overheadRatio", figure(Headlines.OVERHEAD_RATIO).map(Figure::value));
    json.putObject("machine")
        .put("processors", machine.processors())
        .put("memoryGiB", machine.memoryGiB())
        .put("system", machine.system())
        .put("java", machine.java())
        .put("loadAtStart", machine.otherLoad());
    var list = json.putArray("figures");
    for (var figure : figures) {
      list.addObject()
          .put("section", figure.section())
          .put("subject", figure.subject())
          .put("measure", figure.measure())
          .put("value", rounded(figure.value()))
          .put("unit", figure.unit())
          .put("better", figure.better().name());
    }
    return json;
  }

  /** Reads a report that was written before. */
  static Report read(Path file) throws IOException {
    if (!(StrictJson.parse(Files.readAllBytes(file)) instanceof StrictJson.Result.Parsed(var json))
        || !json.path("figures").isArray()) {
      throw new IOException("no report of measurements: " + file);
    }
    var figures = new ArrayList<Figure>();
    json.path("figures").forEach(figure -> figures.add(figure(figure)));
    var machine = json.path("machine");
    return new Report(
        Instant.parse(json.path("takenAt").asText()),
        json.path("effort").asText(),
        new Machine(
            machine.path("processors").asInt(),
            machine.path("memoryGiB").asLong(),
            machine.path("system").asText(),
            machine.path("java").asText(),
            machine.path("loadAtStart").asDouble()),
        figures);
  }

  private Optional<Double> bestEmbedded() {
    return figures.stream()
        .filter(figure -> figure.section().equals("embedded") && figure.measure().equals("steps"))
        .map(Figure::value)
        .max(Double::compare);
  }

  private static void headline(ObjectNode json, String name, Optional<Double> value) {
    value.ifPresentOrElse(it -> json.put(name, rounded(it)), () -> json.putNull(name));
  }

  private static Figure figure(JsonNode json) {
    return new Figure(
        json.path("section").asText(),
        json.path("subject").asText(),
        json.path("measure").asText(),
        json.path("value").asDouble(),
        json.path("unit").asText(),
        Figure.Better.valueOf(json.path("better").asText()));
  }

  /** Four digits are more than a measurement has. */
  private static double rounded(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return 0;
    }
    double scale = Math.pow(10, 3 - (int) Math.floor(Math.log10(Math.abs(value))));
    return Math.round(value * scale) / scale;
  }
}
