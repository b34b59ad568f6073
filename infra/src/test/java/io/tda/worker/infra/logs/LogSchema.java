package io.tda.worker.infra.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.infra.check.Places;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What log lines have in them, by contracts/log_event.schema.json. */
final class LogSchema {
  /** Fields of Cloud Logging's own. */
  private static final List<String> OUTSIDE = List.of("resource.type", "severity");

  private static final Pattern DOT = Pattern.compile("\\.");

  private final JsonNode schema;

  private LogSchema(JsonNode schema) {
    this.schema = schema;
  }

  static LogSchema load() throws IOException {
    return new LogSchema(
        new ObjectMapper().readTree(Places.of("contracts/log_event.schema.json").toFile()));
  }

  /** What is wrong with a query; nothing where it can match a line. */
  Stream<String> faults(LogFilter filter) {
    List<String> events = filter.events();
    return Stream.concat(
        events.stream().filter(event -> !isEvent(event)).map(event -> "no such event: " + event),
        filter.terms().stream()
            .filter(term -> !OUTSIDE.contains(term.field()))
            .flatMap(term ->
                events.isEmpty()
                    ? fault(term, schema.path("properties")).stream()
                    : events.stream().flatMap(event -> fault(term, event).stream())));
  }

  /** Whether lines of an event may have a field, such as {@code error.code}. */
  boolean has(String event, String path) {
    return !find(event, path).isMissingNode();
  }

  boolean isEvent(String name) {
    return contains(schema.at("/properties/event/enum"), name);
  }

  private Optional<String> fault(LogFilter.Term term, String event) {
    return fault(term, find(event, stripped(term)), event);
  }

  private Optional<String> fault(LogFilter.Term term, JsonNode properties) {
    return fault(term, follow(properties, stripped(term)), "every line");
  }

  private static Optional<String> fault(LogFilter.Term term, JsonNode field, String where) {
    if (!term.field().startsWith("jsonPayload.") || field.isMissingNode()) {
      return Optional.of(term.field() + " is not in " + where);
    }
    return term.values().stream()
        .filter(value ->
            !isAllowed(field, value) || (term.field().endsWith("error.code") && !isCode(value)))
        .map(value -> term.field() + " is never " + value + " in " + where)
        .findFirst();
  }

  private static String stripped(LogFilter.Term term) {
    return term.field().replaceFirst("^jsonPayload\\.", "");
  }

  /** The schema gives their form only, so that readers take codes that are new to them. */
  private static boolean isCode(String value) {
    return Stream.of(ErrorCode.values()).anyMatch(code -> code.name().equals(value));
  }

  private static boolean isAllowed(JsonNode field, String value) {
    return field.has("enum")
        ? contains(field.path("enum"), value)
        : !field.has("const") || field.path("const").asText().equals(value);
  }

  private JsonNode find(String event, String path) {
    JsonNode own = follow(properties(event), path);
    return own.isMissingNode() ? follow(schema.path("properties"), path) : own;
  }

  private JsonNode properties(String event) {
    return stream(schema.path("allOf"))
        .filter(rule -> rule.at("/if/properties/event/const").asText().equals(event))
        .map(rule -> rule.at("/then/properties"))
        .findFirst()
        .orElse(schema.path("nothing"));
  }

  private JsonNode follow(JsonNode properties, String path) {
    JsonNode within = properties;
    JsonNode field = within;
    for (String name : DOT.splitAsStream(path).toList()) {
      field = resolved(within.path(name));
      within = field.path("properties");
    }
    return field;
  }

  private JsonNode resolved(JsonNode field) {
    return field.has("$ref") ? schema.at(field.path("$ref").asText().substring(1)) : field;
  }

  private static boolean contains(JsonNode list, String text) {
    return stream(list).anyMatch(item -> item.asText().equals(text));
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
