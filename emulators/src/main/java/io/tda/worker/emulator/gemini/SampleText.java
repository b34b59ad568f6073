package io.tda.worker.emulator.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * Words for an answer. They name the step's symbol, timeframe and first source, so that a test can
 * see whether a report holds the answer to its own question.
 */
record SampleText(ModelCall call) {
  private static final int USUAL_LENGTH = 60;
  private static final int LONG = 480;

  String of(String name, JsonNode schema) {
    var text =
        switch (schema.path("format").asText()) {
          case "date-time" -> "2025-01-01T00:00:00Z";
          case "date" -> "2025-01-01";
          case "time" -> "00:00:00Z";
          case "duration" -> "PT1H";
          case "email" -> "stub@example.com";
          case "hostname" -> "example.com";
          case "ipv4" -> "192.0.2.1";
          case "ipv6" -> "2001:db8::1";
          case "uri", "iri", "uri-reference" -> "https://example.com/";
          case "uuid" -> "01890000-0000-7000-8000-000000000000";
          default -> "";
        };
    return text.isEmpty() ? words(name, schema) : text;
  }

  private String words(String name, JsonNode schema) {
    int least = schema.path("minLength").asInt(0);
    int most = schema.path("maxLength").asInt(Integer.MAX_VALUE);
    boolean report = name.toLowerCase(Locale.ROOT).contains("markdown");
    var text = new StringBuilder(report ? report() : shortened(name + " of the stub model"));
    while (text.length() < least) {
      text.append(" and so on");
    }
    return text.substring(0, Math.min(text.length(), most));
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), USUAL_LENGTH));
  }

  private String report() {
    var source = call.sources().isEmpty() ? "none" : call.sources().getFirst();
    var text =
        new StringBuilder("## Stub report: ")
            .append(call.subject())
            .append("\n\nNobody analysed anything.\n\n- Source: ")
            .append(source)
            .append("\n- Images: ")
            .append(call.images())
            .append("\n\n");
    while (text.length() < LONG) {
      text.append("This line only makes the report as long as reports are. ");
    }
    return text.toString().strip();
  }
}
