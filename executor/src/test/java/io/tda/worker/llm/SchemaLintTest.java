package io.tda.worker.llm;

import static io.tda.worker.llm.LLMFixtures.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.json.CanonicalJson;
import org.junit.jupiter.api.Test;

class SchemaLintTest {
  private static final String SHA256 = CanonicalJson.sha256(json(LLMFixtures.JSON_SCHEMA));

  @Test
  void of_findsNothingToObjectToInAGoodDocument() {
    var lint =
        SchemaLint.of(json(document("llm_report_output_v1", LLMFixtures.JSON_SCHEMA, SHA256)));
    assertThat(lint.isUsable()).isTrue();
    assertThat(lint.isSha256Mismatch()).isFalse();
    assertThat(lint.lines())
        .containsExactly(
            "dropped  /properties/summary/properties/markdown/minLength (checked in the answer only)",
            "sha256   " + SHA256);
  }

  @Test
  void of_takesASchemaWithoutADocument() {
    var lint = SchemaLint.of(json(LLMFixtures.JSON_SCHEMA));
    assertThat(lint.isUsable()).isTrue();
    assertThat(lint.sha256()).isEqualTo(SHA256);
    assertThat(SchemaLint.of(json("{\"type\": \"strin\"}")).lines())
        .anyMatch(line -> line.startsWith("error    /type: is not 2020-12"));
  }

  @Test
  void of_warnsOfAWrongHash() {
    var lint = SchemaLint.of(json(document("llm_report_output_v1", LLMFixtures.JSON_SCHEMA, "00")));
    assertThat(lint.isUsable()).isTrue();
    assertThat(lint.isSha256Mismatch()).isTrue();
    assertThat(lint.lines()).contains("warning  /sha256: is not the hash of the schema");
  }

  @Test
  void of_listsAllThatIsWrong() {
    var lint = SchemaLint.of(json(document("report", "{\"$ref\": \"#/$defs/x\"}", SHA256)));
    assertThat(lint.isUsable()).isFalse();
    assertThat(lint.lines())
        .anyMatch(line -> line.startsWith("error    /schemaId: "))
        .anyMatch(line -> line.startsWith("error    /jsonSchema/required: "))
        .anyMatch(line -> line.startsWith("refused  /$ref: "));
  }

  @Test
  void of_refusesWhatIsNoObject() {
    assertThat(SchemaLint.of(json("[]")).lines())
        .containsExactly("error    (document): must be an object");
    assertThat(SchemaLint.of(json("{\"jsonSchema\": []}")).lines())
        .contains("error    /jsonSchema: must be an object");
  }

  @Test
  void of_reportsWhatTheProviderRefuses() {
    var lint = SchemaLint.of(json(GoldenSchemas.text("recursive")));
    assertThat(lint.problems()).hasSize(1);
    assertThat(lint.isUsable()).isFalse();
  }

  private static String document(String id, String jsonSchema, String sha256) {
    return """
    {"schemaVersion": 1, "schemaId": "%s", "kind": "LLM_REPORT_OUTPUT", "jsonSchema": %s, "sha256": "%s"}
    """
        .formatted(id, jsonSchema, sha256);
  }
}
