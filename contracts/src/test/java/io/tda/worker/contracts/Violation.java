package io.tda.worker.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import java.util.List;
import java.util.Objects;

/**
 * One way in which a document breaks its schema.
 *
 * @param pointer JSON Pointer into the document
 * @param keyword of JSON Schema
 * @param property the member that is missing or too many; empty for other keywords
 */
record Violation(String pointer, String keyword, String property) {

  static List<Violation> of(Schema schema, JsonNode document) {
    return schema.validate(document).stream()
        .map(error ->
            new Violation(
                error.getInstanceLocation().toString(),
                error.getKeyword(),
                Objects.requireNonNullElse(error.getProperty(), "")))
        .toList();
  }
}
