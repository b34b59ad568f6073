package io.tda.worker.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import io.tda.worker.flow.Violation;
import io.tda.worker.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A contract of the project, ready to judge documents. */
final class Contract {
  /** All contracts, by name. */
  static final List<String> NAMES =
      List.of(
          "flow_run",
          "llm_prompt",
          "llm_schema",
          "llm_report_file",
          "step_claimed",
          "charts_manifest",
          "log_event");

  private final String name;
  private final Schema schema;

  private Contract(String name, Schema schema) {
    this.name = name;
    this.schema = schema;
  }

  /** The contract of this name, one of {@link #NAMES}. */
  static Contract named(String name) {
    var config = SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
    var registry =
        SchemaRegistry.withDialect(
            Dialects.getDraft202012(), builder -> builder.schemaRegistryConfig(config));
    return new Contract(name, registry.getSchema(resource(name + ".schema.json")));
  }

  /**
   * The contract of a document, told by its content.
   *
   * @return empty for what looks like none
   */
  static Optional<String> recognise(JsonNode document) {
    for (var rule : resource("recognition.json")) {
      for (var field : rule.path("anyOf")) {
        if (document.has(field.asText())) {
          return Optional.of(rule.path("contract").asText());
        }
      }
    }
    return Optional.empty();
  }

  String name() {
    return name;
  }

  /** All that is wrong with a document. */
  List<Violation> violations(JsonNode document) {
    return schema.validate(document).stream().map(Contract::violation).distinct().toList();
  }

  private static Violation violation(Error error) {
    return new Violation(error.getInstanceLocation().toString(), rule(error));
  }

  /** The person's own document may be quoted to the person. */
  private static String rule(Error error) {
    @Nullable String message = error.getMessage();
    return error.getKeyword() + (message == null ? "" : ": " + message);
  }

  private static JsonNode resource(String file) {
    try (var resource = Contract.class.getResourceAsStream("/contracts/" + file)) {
      if (resource != null
          && StrictJson.parse(resource.readAllBytes())
              instanceof StrictJson.Result.Parsed(var json)) {
        return json;
      }
      throw new IllegalStateException("not on the class path, or not JSON: " + file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
