package io.tda.worker.llm;

import static io.tda.worker.llm.LLMFixtures.OUTPUT_CANARY;
import static io.tda.worker.llm.LLMFixtures.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tda.worker.flow.Violation;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompiledSchemaTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{\"required\": [\"a\"]}`|`{}`|/a: required",
        "`{\"properties\": {\"a\": {\"required\": [\"b/c\"]}}}`|`{\"a\": {}}`|/a/b~1c: required",
        "`{\"additionalProperties\": false}`|`{\"OUT\": 1}`|/*: additionalProperties",
        "`{\"unevaluatedProperties\": false}`|`{\"OUT\": 1}`|/*: unevaluatedProperties",
        "`{\"propertyNames\": {\"maxLength\": 1}}`|`{\"OUT\": 1}`|/*: propertyNames",
        "`{\"patternProperties\": {\".\": {\"type\": \"string\"}}}`|`{\"OUT\": 1}`|/*: type",
        "`{\"additionalProperties\": {\"items\": {\"type\": \"null\"}}}`|`{\"OUT\": [1]}`|/*/0: type",
        "`{\"format\": \"date-time\"}`|`\"OUT\"`|(document): format",
        "`{\"format\": \"regex\"}`|`\"(OUT\"`|(document): format",
        "`{\"pattern\": \"^a$\"}`|`\"OUT\"`|(document): pattern",
        "`{\"enum\": [1]}`|`\"OUT\"`|(document): enum",
        "`{\"const\": {\"a\": 1}}`|`\"OUT\"`|(document): const",
        "`{\"type\": \"object\"}`|`\"OUT\"`|(document): type",
        "`{\"properties\": {\"a\": false}}`|`{\"a\": \"OUT\"}`|/a: false"
      })
  void violations_givePointerAndKeyword_butNoWordOfTheValue(
      String schema, String value, String violation) {
    var output = json(value.replace("OUT", OUTPUT_CANARY));
    var violations = compiled(schema).violations(output, 10);
    assertThat(violations).extracting(Violation::toString).containsExactly(violation);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{\"enum\": [1]}`|1.0",
        "`{\"const\": 1}`|1.00",
        "`{\"type\": \"integer\"}`|100.0",
        "`{\"type\": \"integer\"}`|1e2",
        "`{\"multipleOf\": 0.01}`|1.10",
        "`{\"maxLength\": 1}`|`\"😀\"`",
        "`{\"pattern\": \"^a$\"}`|`\"a\"`",
        "`{\"pattern\": \"^[$]$\"}`|`\"$\"`",
        "`{\"pattern\": \"^\\\\$$\"}`|`\"$\"`",
        "`{\"format\": \"unheard-of\"}`|`\"x\"`"
      })
  void violations_areNone(String schema, String value) {
    assertThat(compiled(schema).violations(json(value), 10)).isEmpty();
  }

  @Test
  void violations_takeTheDollarSignAsTheVeryEnd() {
    assertThat(compiled("{\"pattern\": \"^a$\"}").violations(json("\"a\\n\""), 10)).hasSize(1);
  }

  @Test
  void violations_areAtMostAsManyAsWanted() {
    var many = compiled("{\"items\": {\"type\": \"string\"}}");
    assertThat(many.violations(numbers(1000), 10)).hasSize(10);
  }

  @Test
  void violations_cutAPointerThatIsTooLong() {
    var name = "n".repeat(400);
    var schema = compiled("{\"properties\": {\"" + name + "\": {\"type\": \"null\"}}}");
    var violations = schema.violations(json("{\"" + name + "\": 1}"), 10);
    assertThat(violations.getFirst().pointer()).hasSizeLessThan(310);
  }

  @ParameterizedTest
  @Timeout(60)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{\"pattern\": \"^(a|aa)+$\"}`",
        "`{\"pattern\": \"^(a|b|ab)*c\"}`",
        "`{\"pattern\": \"^(.*)*(x+)+\\\\1y$\"}`"
      })
  void violations_giveUpOnAPatternWithoutEnd(String schema) {
    var text = json("\"" + "a".repeat(50_000) + "!\"");
    assertThat(compiled(schema).violations(text, 10))
        .extracting(Violation::rule)
        .isSubsetOf("pattern", "evaluation_limit")
        .isNotEmpty();
  }

  @Test
  @Timeout(60)
  void violations_giveUpOnASchemaOfExponentialCost() {
    var schema =
        compiled(
            """
            {"anyOf": [{"properties": {"a": {"$ref": "#"}}, "required": ["z"]},
              {"properties": {"a": {"$ref": "#"}}, "required": ["z"]}]}
            """);
    assertThat(schema.violations(nested(90), 10))
        .containsExactly(new Violation("", "evaluation_limit"));
  }

  @Test
  @Timeout(60)
  void violations_handleDeepRecursion() {
    var schema = compiled("{\"properties\": {\"a\": {\"$ref\": \"#\"}}, \"type\": \"object\"}");
    assertThat(schema.violations(nested(95), 10))
        .extracting(Violation::rule)
        .containsExactly("type");
  }

  @Test
  void violations_areTheSameForManyThreads() throws InterruptedException, ExecutionException {
    var schema = LLMFixtures.schema();
    Callable<List<Violation>> judge = () -> schema.violations(json("{\"details\": 1}"), 10);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = threads.invokeAll(IntStream.range(0, 200).mapToObj(_ -> judge).toList());
      for (var result : results) {
        assertThat(result.get())
            .extracting(Violation::toString)
            .containsExactlyInAnyOrder("/summary: required", "/details: type");
      }
    }
  }

  private static CompiledSchema compiled(String schema) {
    return CompiledSchema.compile(json(schema)).orElseThrow();
  }

  private static JsonNode numbers(int count) {
    return json(IntStream.range(0, count).boxed().toList().toString());
  }

  private static JsonNode nested(int levels) {
    return json("{\"a\":".repeat(levels) + "1" + "}".repeat(levels));
  }
}
