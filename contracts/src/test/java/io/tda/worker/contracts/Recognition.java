package io.tda.worker.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Tells by {@code recognition.json} which contract a document is meant to meet. */
final class Recognition {
  private static final JsonNode RULES =
      ContractFiles.json(ContractFiles.ROOT.resolve("recognition.json"));

  private Recognition() {}

  /** The contract of the first rule that matches; empty where none does. */
  static Optional<String> contractOf(JsonNode document) {
    return StreamSupport.stream(RULES.spliterator(), false)
        .filter(rule -> matches(rule.path("anyOf"), document))
        .map(rule -> rule.path("contract").asText())
        .findFirst();
  }

  private static boolean matches(JsonNode members, JsonNode document) {
    return StreamSupport.stream(members.spliterator(), false)
        .anyMatch(member -> document.has(member.asText()));
  }
}
