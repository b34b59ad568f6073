package io.tda.worker.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ExamplesTest {
  private static final JsonNode EXPECTED =
      ContractFiles.json(ContractFiles.ROOT.resolve("examples-expected.json"));

  /** One example; printed by its path. */
  record Example(Contract contract, Path file) {
    String key() {
      return contract.name() + "/" + file.getFileName();
    }

    @Override
    public String toString() {
      return key();
    }
  }

  static Stream<Example> validExamples() {
    return examples("valid");
  }

  static Stream<Example> invalidExamples() {
    return examples("invalid");
  }

  private static Stream<Example> examples(String kind) {
    return Contract.ALL.stream()
        .flatMap(contract ->
            ContractFiles.filesIn(contract.examples(kind)).stream()
                .map(file -> new Example(contract, file)));
  }

  @ParameterizedTest
  @MethodSource("validExamples")
  void everyValidExample_meetsItsContract(Example example) {
    var document = ContractFiles.json(example.file());

    assertThat(example.contract().violations(document)).isEmpty();
    assertThat(Recognition.contractOf(document)).contains(example.contract().name());
  }

  @ParameterizedTest
  @MethodSource("invalidExamples")
  void everyInvalidExample_failsAtTheStatedPointer(Example example) {
    var expected = EXPECTED.path(example.key());
    var violations = example.contract().violations(ContractFiles.json(example.file()));

    assertThat(violations)
        .anySatisfy(violation -> {
          assertThat(violation.pointer()).isEqualTo(expected.path("pointer").asText());
          assertThat(violation.keyword()).isEqualTo(expected.path("keyword").asText());
          if (expected.has("property")) {
            assertThat(violation.property()).isEqualTo(expected.path("property").asText());
          }
        });
  }

  /** One fault an example: a second violation somewhere else would hide that the first is gone. */
  @ParameterizedTest
  @MethodSource("invalidExamples")
  void everyInvalidExample_failsNowhereElse(Example example) {
    var pointer = EXPECTED.path(example.key()).path("pointer").asText();
    var violations = example.contract().violations(ContractFiles.json(example.file()));

    assertThat(violations).extracting(Violation::pointer).containsOnly(pointer);
  }

  @ParameterizedTest
  @MethodSource("invalidExamples")
  void everyInvalidExample_isRecognisedUnlessTheIndexSaysOtherwise(Example example) {
    var recognised = EXPECTED.path(example.key()).path("recognised").asBoolean(true);
    var name = recognised ? Optional.of(example.contract().name()) : Optional.<String>empty();

    assertThat(Recognition.contractOf(ContractFiles.json(example.file()))).isEqualTo(name);
  }

  @Test
  void theIndex_namesExactlyTheInvalidExamples() {
    List<String> files = invalidExamples().map(Example::key).toList();

    assertThat(EXPECTED.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(files);
  }

  @Test
  void everyFileOfTheExamples_belongsToAContract() {
    var all = ContractFiles.below(ContractFiles.ROOT.resolve("examples"));
    var known = Stream.concat(validExamples(), invalidExamples()).map(Example::file).toList();

    assertThat(known).containsExactlyInAnyOrderElementsOf(all);
  }
}
