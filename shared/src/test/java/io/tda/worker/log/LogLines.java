package io.tda.worker.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.tda.worker.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Reads back what a logger wrote: each line one JSON object, or the test fails. */
public final class LogLines {
  private LogLines() {}

  /** The lines of an output. */
  public static List<JsonNode> of(ByteArrayOutputStream out) {
    return of(out.toString(UTF_8));
  }

  /** The lines of a text. */
  public static List<JsonNode> of(String text) {
    if (!text.isEmpty() && !text.endsWith("\n")) {
      throw new AssertionError("the last line is not ended: " + text);
    }
    return text.lines().map(LogLines::parse).toList();
  }

  /** The {@code event} of each line. */
  public static List<String> names(ByteArrayOutputStream out) {
    return of(out).stream().map(line -> line.path("event").asText()).toList();
  }

  private static JsonNode parse(String line) {
    return switch (StrictJson.parse(line)) {
      case StrictJson.Result.Parsed parsed -> parsed.value();
      case StrictJson.Result.Malformed malformed ->
          throw new AssertionError(malformed.reason() + " in: " + line);
    };
  }
}
