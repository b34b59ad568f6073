package io.tda.worker.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FixturesTest {
  private static final Path FOLDER =
      ContractFiles.ROOT.resolve("fixtures/structured_output_invalid");
  private static final JsonNode EXPECTED = ContractFiles.json(FOLDER.resolve("expected.json"));
  private static final Schema SCHEMA =
      Contract.compile(
          ContractFiles.json(FOLDER.resolve("schema.json")).path("jsonSchema").toString());

  static Stream<String> unreadable() {
    return ofKind("json_parse");
  }

  static Stream<String> readable() {
    return ofKind("schema_validation");
  }

  private static Stream<String> ofKind(String kind) {
    return EXPECTED.properties().stream()
        .filter(entry -> entry.getValue().path("kind").asText().equals(kind))
        .map(Map.Entry::getKey);
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void everyTextThatIsNotJson_isRefusedByAStrictParser(String name) {
    var text = ContractFiles.text(FOLDER.resolve(name));

    if (!text.isEmpty()) { // an empty text is no JSON either, but Jackson calls it missing
      assertThatThrownBy(() -> ContractFiles.json(text)).isNotNull();
    }
    assertThat(EXPECTED.path(name).path("validationErrors")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("readable")
  void everyOtherText_breaksTheSchemaAsStated(String name) {
    var violations = Violation.of(SCHEMA, ContractFiles.json(FOLDER.resolve(name)));

    assertThat(violations)
        .extracting(violation -> violation.pointer() + ": " + violation.keyword())
        .containsExactlyInAnyOrderElementsOf(expectedErrors(name));
  }

  @Test
  void theIndex_namesExactlyTheTexts() {
    var texts =
        ContractFiles.filesIn(FOLDER).stream()
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".txt"));

    assertThat(texts)
        .containsExactlyElementsOf(Stream.concat(unreadable(), readable()).sorted().toList());
  }

  private static List<String> expectedErrors(String name) {
    return StreamSupport.stream(EXPECTED.path(name).path("validationErrors").spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }
}
