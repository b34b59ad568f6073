package io.tda.worker.llm;

import static io.tda.worker.llm.LLMFixtures.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.flow.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class SchemaProjectionTest {

  @ParameterizedTest
  @FieldSource("io.tda.worker.llm.GoldenSchemas#NAMES")
  void of_givesTheGoldenProjection(String name) {
    var projection = project(GoldenSchemas.text(name));
    var text = new StringBuilder(projection.schema().toPrettyString()).append("\n");
    projection
        .droppedPointers()
        .forEach(pointer -> text.append("dropped ").append(pointer).append("\n"));
    projection.problems().forEach(problem -> text.append("problem ").append(problem).append("\n"));
    Golden.assertMatches("schema-projection/" + name + ".txt", text.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{\"type\": [\"string\", \"null\"]}`|`{\"type\": [\"string\", \"null\"]}`",
        "`{\"const\": \"a\"}`|`{\"type\": \"string\", \"enum\": [\"a\"]}`",
        "`{\"const\": null}`|`{\"type\": \"null\"}`",
        "`{\"type\": \"string\", \"const\": \"a\", \"enum\": [\"a\", \"b\"]}`|`{\"type\": \"string\", \"enum\": [\"a\"]}`",
        "`{\"type\": [\"string\", \"null\"], \"enum\": [\"a\", null]}`"
            + "|`{\"anyOf\": [{\"type\": \"string\", \"enum\": [\"a\"]}, {\"type\": \"null\"}]}`",
        "`{\"$ref\": \"#\", \"description\": \"d\"}`|`{\"description\": \"d\", \"anyOf\": [{\"$ref\": \"#\"}]}`",
        "`{\"items\": true}`|`{}`",
        "`{\"format\": \"date\"}`|`{\"format\": \"date\"}`"
      })
  void of_losesNothing(String schema, String projected) {
    var projection = project(schema);
    assertThat(projection.schema()).isEqualTo(json(projected));
    assertThat(projection.dropped()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{\"minLength\": 1}`|`{}`|/minLength",
        "`{\"format\": \"uuid\"}`|`{}`|/format",
        "`{\"const\": true}`|`{\"type\": \"boolean\"}`|/const",
        "`{\"enum\": [true, false]}`|`{}`|/enum",
        "`{\"items\": false}`|`{}`|/items",
        "`{\"properties\": {\"a\": false}}`|`{\"properties\": {}}`|/properties/a",
        "`{\"required\": [\"a\"]}`|`{}`|/required/0",
        "`{\"$ref\": \"#\", \"required\": [\"a\"]}`|`{\"$ref\": \"#\"}`|/required",
        "`{\"properties\": {\"a/b\": {\"pattern\": \"x\"}}}`|`{\"properties\": {\"a/b\": {}}}`|/properties/a~1b/pattern",
        "`{\"type\": \"array\", \"maxItems\": 1001}`|`{\"type\": \"array\"}`|/maxItems"
      })
  void of_notesWhatIsDropped(String schema, String projected, String pointer) {
    var projection = project(schema);
    assertThat(projection.schema()).isEqualTo(json(projected));
    assertThat(projection.droppedPointers()).containsExactly(pointer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{\"properties\": {\"a\": {\"$ref\": \"#\"}}, \"required\": [\"a\"]}`|(document): repeats itself other than in optional properties",
        "`{\"items\": {\"$ref\": \"#\"}}`|(document): repeats itself other than in optional properties",
        "`{\"properties\": {\"a\": {\"anyOf\": [{\"type\": \"null\"}, {\"$ref\": \"#\"}]}}, \"required\": [\"a\"]}`|(document): repeats itself other than in optional properties",
        "`{\"properties\": {\"a\": {\"$ref\": \"#/definitions/b\"}}, \"definitions\": {\"b\": {}}}`|/properties/a/$ref: leads to no place that the provider is sent",
        "`{\"properties\": {\"a\": {}}, \"propertyOrdering\": [\"b\"]}`|/propertyOrdering: names what is no property"
      })
  void of_reportsWhatTheProviderWouldRefuse(String schema, String problem) {
    assertThat(project(schema).problems()).extracting(Violation::toString).containsExactly(problem);
  }

  @Test
  void of_seesNoProblem_whenRecursionIsOptional() {
    assertThat(project("{\"properties\": {\"a\": {\"items\": {\"$ref\": \"#\"}}}}").problems())
        .isEmpty();
  }

  @Test
  void of_multipliesListsInLists() {
    var schema =
        "{\"maxItems\": %d, \"items\": {\"maxItems\": 30, \"items\": {\"type\": \"null\"}}}";
    assertThat(project(schema.formatted(30)).dropped()).isEmpty();
    assertThat(project(schema.formatted(40)).droppedPointers())
        .containsExactly("/maxItems", "/items/maxItems");
  }

  @Test
  void of_doesNotChangeItsInput() {
    var schema = (ObjectNode) json(GoldenSchemas.text("report"));
    var before = schema.toString();
    SchemaProjection.of(schema).schema().removeAll();
    assertThat(schema.toString()).isEqualTo(before);
  }

  @Test
  void schema_isACopy() {
    var projection = project(GoldenSchemas.text("report"));
    projection.schema().removeAll();
    assertThat(projection.schema()).isNotEmpty();
  }

  @Test
  void of_givesTheSame_whateverTheOrderOfKeys() {
    var schema = (ObjectNode) json(GoldenSchemas.text("report"));
    var expected = SchemaProjection.of(schema);
    for (int seed = 0; seed < 50; seed++) {
      var shuffled = SchemaProjection.of((ObjectNode) shuffled(schema, new Random(seed)));
      assertThat(shuffled.schema().toString()).isEqualTo(expected.schema().toString());
      assertThat(shuffled.dropped()).isEqualTo(expected.dropped());
    }
  }

  @Test
  void of_keepsOnlyKnownKeywords() {
    for (var name : GoldenSchemas.NAMES) {
      SubSchemas.visit(
          "",
          project(GoldenSchemas.text(name)).schema(),
          (pointer, schema) ->
              assertThat(schema.fieldNames())
                  .toIterable()
                  .as(name + pointer)
                  .isSubsetOf(GoldenSchemas.PROVIDER_KEYWORDS));
    }
  }

  private static SchemaProjection project(String schema) {
    return SchemaProjection.of((ObjectNode) json(schema));
  }

  private static JsonNode shuffled(JsonNode node, Random random) {
    if (node instanceof ObjectNode object) {
      var fields = new ArrayList<>(object.properties());
      Collections.shuffle(fields, random);
      var copy = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> field : fields) {
        copy.set(field.getKey(), shuffled(field.getValue(), random));
      }
      return copy;
    }
    var array = JsonNodeFactory.instance.arrayNode();
    node.forEach(element -> array.add(shuffled(element, random)));
    return node.isArray() ? array : node;
  }
}
