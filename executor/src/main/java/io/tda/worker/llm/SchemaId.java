package io.tda.worker.llm;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of an output schema, which carries the schema's version.
 *
 * @param value {@code llm_report_output_v{N}} or {@code
 *     llm_schema_{timeframe}_{report|reco}[_{slug}]_v{major}_{minor}}, at most 128 characters
 */
public record SchemaId(String value) {
  private static final int MAX_LENGTH = 128;
  private static final Pattern FORM =
      Pattern.compile(
          "llm_report_output_v([0-9]{1,6})"
              + "|llm_schema_[A-Za-z0-9]{1,16}_(?:report|reco)(?:_[A-Za-z0-9]+)*"
              + "_v([0-9]{1,6})_[0-9]{1,6}");

  /** What an id has to look like, for messages. */
  public static final String RULE =
      "must be llm_report_output_v{N} or"
          + " llm_schema_{timeframe}_{report|reco}[_{slug}]_v{major}_{minor}";

  public SchemaId {
    if (!isSchemaId(value)) {
      throw new IllegalArgumentException("schema id " + RULE);
    }
  }

  /** The id, or empty where the text is not one. */
  public static Optional<SchemaId> parse(String text) {
    return isSchemaId(text) ? Optional.of(new SchemaId(text)) : Optional.empty();
  }

  /** {@code N} or {@code major}: the report's {@code metadata.schemaVersion}. */
  public int schemaVersion() {
    var matcher = FORM.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalStateException("checked when it was made");
    }
    return Integer.parseInt(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
  }

  private static boolean isSchemaId(String text) {
    return text.length() <= MAX_LENGTH && FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
