package io.tda.worker.llm;

import static io.tda.worker.llm.LLMFixtures.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.flow.Violation;
import io.tda.worker.llm.ChartsManifest.Chart;
import io.tda.worker.llm.ChartsManifest.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartsManifestTest {

  @Test
  void parse_knowsThreeNamesOfTheUri() {
    var manifest =
        parsed(
            """
            {"items": [{"png_gcs_uri": "gs://bucket/a.png"}, {"gcsUri": "gs://bucket/b.png"},
              {"gcs_uri": "gs://bucket/c.png"},
              {"png_gcs_uri": "https://x", "gcs_uri": "gs://bucket/d.png"}]}
            """);
    assertThat(manifest.charts())
        .extracting(chart -> chart.uri().name())
        .containsExactly("a.png", "b.png", "c.png", "d.png");
    assertThat(manifest.skipped()).isZero();
  }

  @Test
  void parse_skipsAndCountsUnusableItems() {
    var manifest =
        parsed(
            """
            {"items": [5, null, {}, {"gcsUri": 7}, {"gcsUri": "https://bucket/a.png"}, [],
              {"gcsUri": "gs://bucket/ok.png", "kind": "daily"}]}
            """);
    assertThat(manifest)
        .isEqualTo(
            new ChartsManifest(List.of(new Chart(new GcsUri("bucket", "ok.png"), "daily")), 6));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\"description\": \"d\", \"kind\": \"k\", \"chartTemplateId\": \"t\"`|d",
        "`\"description\": \" \\n \", \"kind\": \"k\"`|k",
        "`\"description\": 5, \"chartTemplateId\": \"t\", \"label\": \"l\"`|t",
        "`\"label\": \"l\"`|l",
        "`\"other\": 1`|chart",
        "`\"description\": \"a\\n  b\"`|a b"
      })
  void parse_choosesADescription(String fields, String description) {
    var manifest = parsed("{\"items\": [{\"gcsUri\": \"gs://bucket/a.png\", " + fields + "}]}");
    assertThat(manifest.charts()).extracting(Chart::description).containsExactly(description);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|``",
        "\"x\"|``",
        "{}|/items",
        "{\"items\": {}}|/items",
        "{\"items\": null}|/items"
      })
  void parse_refusesWhatIsNoManifest(String manifest, String pointer) {
    var result = ChartsManifest.parse(json(manifest));
    assertThat(result).isInstanceOf(Result.Malformed.class);
    assertThat(((Result.Malformed) result).violation())
        .extracting(Violation::pointer)
        .isEqualTo(pointer);
  }

  private static ChartsManifest parsed(String text) {
    var result = ChartsManifest.parse(json(text));
    assertThat(result).isInstanceOf(Result.Parsed.class);
    return ((Result.Parsed) result).manifest();
  }
}
