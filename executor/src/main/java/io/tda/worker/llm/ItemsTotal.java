package io.tda.worker.llm;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How many elements a value may have where a schema bounds them. The provider turns a schema into
 * states and refuses those with too many; its own bound is not published.
 */
final class ItemsTotal {
  private static final long MAX = 1000;

  private ItemsTotal() {}

  /** Whether the bounds in this schema add up to more than the provider may take. */
  static boolean isTooLarge(JsonNode schema) {
    return total(schema, 1) > MAX;
  }

  /** Lists in lists multiply. */
  private static long total(JsonNode schema, long outer) {
    boolean bounded = schema.path("maxItems").isNumber();
    // Both factors are small, so nothing overflows.
    long here = bounded ? capped(outer * capped((long) schema.get("maxItems").asDouble())) : outer;
    long total = bounded ? here : 0;
    for (var child : SubSchemas.of("", schema)) {
      total = capped(total + total(child.schema(), here));
    }
    return total;
  }

  private static long capped(long number) {
    return Math.min(MAX + 1, number);
  }
}
