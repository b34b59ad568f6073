package io.tda.worker.llm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** Schemas in the test's resources that show one side of the projection each. */
final class GoldenSchemas {
  static final List<String> NAMES =
      List.of(
          "annotations",
          "combinators",
          "constants",
          "references",
          "numbers-and-lists",
          "recursive",
          "ordering",
          "report");

  /** What the provider documents. */
  static final List<String> PROVIDER_KEYWORDS =
      List.of(
          "$id",
          "$defs",
          "$ref",
          "$anchor",
          "type",
          "format",
          "title",
          "description",
          "enum",
          "items",
          "prefixItems",
          "minItems",
          "maxItems",
          "minimum",
          "maximum",
          "anyOf",
          "oneOf",
          "properties",
          "additionalProperties",
          "required",
          "propertyOrdering");

  private GoldenSchemas() {}

  static String text(String name) {
    try (var file = GoldenSchemas.class.getResourceAsStream("/schemas/" + name + ".json")) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
