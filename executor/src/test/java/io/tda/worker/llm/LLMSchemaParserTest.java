package io.tda.worker.llm;

import static io.tda.worker.llm.LLMFixtures.SCHEMA_ID;
import static io.tda.worker.llm.LLMFixtures.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.flow.Violation;
import io.tda.worker.json.CanonicalJson;
import io.tda.worker.llm.LLMSchemaParser.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LLMSchemaParserTest {
  /** A schema that meets the invariants, with a hole for one more keyword. */
  private static final String FRAME =
      """
      {"required": ["summary", "details"], %s,
       "properties": {"summary": {"required": ["markdown"],
         "properties": {"markdown": {"type": "string"}}}, "details": {}}}
      """;

  @Test
  void parse_givesASchemaThatJudges() {
    var schema = LLMFixtures.schema();
    assertThat(schema.violations(json(LLMFixtures.VALID_OUTPUT), 10)).isEmpty();
    assertThat(schema.violations(json("{}"), 10)).hasSize(2);
    assertThat(schema.sha256()).isEqualTo(CanonicalJson.sha256(json(LLMFixtures.JSON_SCHEMA)));
  }

  @Test
  void parse_marksAHashThatDiffersOrIsMissing() {
    var document = LLMFixtures.schemaDocument(SCHEMA_ID, LLMFixtures.JSON_SCHEMA);
    assertThat(parsed(document).isSha256AsDeclared()).isFalse();
    document.put("sha256", "00");
    assertThat(parsed(document).isSha256AsDeclared()).isFalse();
    document.put("sha256", CanonicalJson.sha256(json(LLMFixtures.JSON_SCHEMA)));
    assertThat(parsed(document).isSha256AsDeclared()).isTrue();
  }

  @Test
  void parse_keepsAForeignSha256OutOfTheSchema() {
    var document = LLMFixtures.schemaDocument(SCHEMA_ID, LLMFixtures.JSON_SCHEMA);
    document.put("sha256", List.of(1L));
    assertThat(parsed(document).sha256()).hasSize(64);
  }

  @ParameterizedTest
  @CsvSource({
    "schemaVersion, 2, /schemaVersion",
    "schemaId, llm_report_output_v2, /schemaId",
    "kind, OTHER, /kind",
    "jsonSchema, text, /jsonSchema"
  })
  void parse_namesTheBrokenField(String field, String value, String pointer) {
    var document = LLMFixtures.schemaDocument(SCHEMA_ID, LLMFixtures.JSON_SCHEMA);
    document.put(field, value);
    assertThat(malformed(document)).extracting(Violation::pointer).containsExactly(pointer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|/jsonSchema/required",
        "{\"required\": [\"details\"], \"properties\": {}}|/jsonSchema/required",
        "{\"required\": [\"summary\", \"details\"]}|/jsonSchema/properties/summary",
        "{\"required\": [\"summary\", \"details\"], \"properties\": {\"summary\": {\"properties\":"
            + " {\"markdown\": {\"type\": \"string\"}}}}}|/jsonSchema/properties/summary",
        "{\"required\": [\"summary\", \"details\"], \"properties\": {\"summary\": {\"required\":"
            + " [\"markdown\"], \"properties\": {\"markdown\": {\"type\":"
            + " \"number\"}}}}}|/jsonSchema/properties/summary"
      })
  void parse_refusesASchemaWithoutSummaryAndDetails(String jsonSchema, String pointer) {
    assertThat(malformed(LLMFixtures.schemaDocument(SCHEMA_ID, jsonSchema)))
        .extracting(Violation::pointer)
        .contains(pointer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\"type\": \"strin\"`|/jsonSchema/type",
        "`\"minProperties\": \"x\"`|/jsonSchema/minProperties",
        "`\"patternProperties\": {\"x\": {\"pattern\": \"(\"}}`|/jsonSchema/patternProperties/x/pattern",
        "`\"$defs\": {\"a\": {\"required\": \"x\"}}`|/jsonSchema/$defs/a/required",
        "`\"$ref\": \"#/$defs/none\"`|/jsonSchema/$ref",
        "`\"$ref\": \"other.json\"`|/jsonSchema/$ref",
        "`\"$ref\": \"#\"`|/jsonSchema",
        "`\"allOf\": [{\"$ref\": \"#/$defs/a\"}], \"$defs\": {\"a\": {\"anyOf\": [{\"$ref\":"
            + " \"#/$defs/a\"}]}}`|/jsonSchema/$defs/a",
        "`\"$schema\": \"http://json-schema.org/draft-07/schema#\"`|/jsonSchema/$schema"
      })
  void parse_refusesASchemaThatCannotBeApplied(String keyword, String pointer) {
    assertThat(schemaFaults(FRAME.formatted(keyword)))
        .extracting(Violation::pointer)
        .contains(pointer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"`",
        "`\"$id\": \"https://schemas.example/report\", \"$defs\": {\"a\": {\"$ref\": \"#\"}}`",
        "`\"$defs\": {\"node\": {\"properties\": {\"next\": {\"$ref\": \"#/$defs/node\"}}}}`",
        "`\"$defs\": {\"a\": {\"$anchor\": \"here\"}, \"b\": {\"$ref\": \"#here\"}}`",
        "`\"propertyOrdering\": [\"summary\", \"details\"]`"
      })
  void parse_accepts(String keyword) {
    assertThat(schemaFaults(FRAME.formatted(keyword))).isEmpty();
  }

  @Test
  void parse_resolvesTheSummaryByReference() {
    var jsonSchema =
        """
        {"required": ["summary", "details"], "properties": {"summary": {"$ref": "#/$defs/s"}},
         "$defs": {"s": {"required": ["markdown"], "properties": {"markdown": {"$ref": "#/$defs/m"}}},
           "m": {"type": "string"}}}
        """;
    assertThat(schemaFaults(jsonSchema)).isEmpty();
  }

  @Test
  void parse_neverFetchesAReference() throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var uri = "http://127.0.0.1:" + server.getLocalPort() + "/schema.json";
      assertThat(schemaFaults(FRAME.formatted("\"allOf\": [{\"$ref\": \"" + uri + "\"}]")))
          .extracting(Violation::pointer)
          .containsExactly("/jsonSchema/allOf/0/$ref");
      server.setSoTimeout(50);
      assertThat(accepts(server)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "file:///etc/hosts",
    "classpath:draft-07/schema",
    "https://json-schema.org/draft/2020-12/schema"
  })
  void parse_readsNoOtherSource(String uri) {
    assertThat(schemaFaults(FRAME.formatted("\"allOf\": [{\"$ref\": \"" + uri + "\"}]")))
        .extracting(Violation::pointer)
        .containsExactly("/jsonSchema/allOf/0/$ref");
  }

  @Test
  void jsonSchema_isACopy() {
    var schema = LLMFixtures.schema();
    ((ObjectNode) schema.jsonSchema()).removeAll();
    assertThat(CanonicalJson.sha256(schema.jsonSchema())).isEqualTo(schema.sha256());
  }

  private static boolean accepts(ServerSocket server) throws IOException {
    try (var _ = server.accept()) {
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private static LLMSchema parsed(Map<String, Object> document) {
    var result = LLMSchemaParser.parse(SCHEMA_ID, document);
    assertThat(result).isInstanceOf(Result.Parsed.class);
    return ((Result.Parsed) result).schema();
  }

  private static List<Violation> malformed(Map<String, Object> document) {
    var result = LLMSchemaParser.parse(SCHEMA_ID, document);
    assertThat(result).isInstanceOf(Result.Malformed.class);
    return ((Result.Malformed) result).violations();
  }

  private static List<Violation> schemaFaults(String jsonSchema) {
    var object = (ObjectNode) json(jsonSchema);
    return switch (LLMSchemaParser.schema(SCHEMA_ID, object, null)) {
      case Result.Parsed _ -> List.of();
      case Result.Malformed(var violations) -> violations;
    };
  }
}
