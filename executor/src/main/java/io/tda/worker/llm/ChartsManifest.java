package io.tda.worker.llm;

import com.fasterxml.jackson.databind.JsonNode;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.flow.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a chart export made: its images, in order.
 *
 * @param charts the usable ones
 * @param skipped how many items name no usable image
 */
public record ChartsManifest(List<Chart> charts, int skipped) {
  private static final List<String> URI_KEYS = List.of("png_gcs_uri", "gcsUri", "gcs_uri");
  private static final List<String> DESCRIPTION_KEYS =
      List.of("description", "kind", "chartTemplateId", "label");

  public ChartsManifest {
    charts = List.copyOf(charts);
  }

  /**
   * One image.
   *
   * @param description for the model, on one line, at most 500 characters, not escaped
   */
  public record Chart(GcsUri uri, String description) {
    @Override
    public String toString() {
      return "Chart[" + uri + "]";
    }
  }

  /** What became of a manifest. */
  public sealed interface Result {

    /** It was read; it may still name no image. */
    record Parsed(ChartsManifest manifest) implements Result {}

    /** It is no manifest. */
    record Malformed(Violation violation) implements Result {}
  }

  /**
   * Reads a manifest. An item without a usable URI is skipped: a chart less is no reason to fail.
   */
  public static Result parse(JsonNode json) {
    if (!json.isObject()) {
      return new Result.Malformed(new Violation("", "must be an object"));
    }
    if (!json.path("items").isArray()) {
      return new Result.Malformed(new Violation("/items", "must be a list"));
    }
    var charts = new ArrayList<Chart>();
    for (var item : json.path("items")) {
      uri(item).ifPresent(uri -> charts.add(new Chart(uri, description(item))));
    }
    return new Result.Parsed(new ChartsManifest(charts, json.path("items").size() - charts.size()));
  }

  private static Optional<GcsUri> uri(JsonNode item) {
    return URI_KEYS.stream()
        .map(key -> GcsUri.parse(item.path(key).asText("")))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static String description(JsonNode item) {
    return DESCRIPTION_KEYS.stream()
        .filter(key -> item.path(key).isTextual())
        .map(key -> TagText.singleLine(item.path(key).textValue()))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("chart");
  }
}
