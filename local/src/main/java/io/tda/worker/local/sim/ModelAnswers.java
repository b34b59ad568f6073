package io.tda.worker.local.sim;

/** What the model says when it does its work. */
final class ModelAnswers {
  private ModelAnswers() {}

  /** An answer that meets the schema, and names the step it is about. */
  static String valid(String step, String schemaId) {
    var details =
        schemaId.equals(RunDocuments.NARROW_SCHEMA)
            ? "{\"bias\": \"neutral\", \"confidence\": 0.5, \"level\": 14.5}"
            : "{\"bias\": \"bullish\", \"confidence\": 0.25}";
    return "{\"summary\": {\"markdown\": \""
        + Canary.OUTPUT.text()
        + " about "
        + step
        + "\"}, \"details\": "
        + details
        + "}";
  }
}
