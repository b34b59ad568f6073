package io.tda.worker.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SchemasTest {
  private static final String META_SCHEMA = "https://json-schema.org/draft/2020-12/schema";

  static List<Contract> contracts() {
    return Contract.ALL;
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void everySchema_meetsTheMetaSchema(Contract contract) {
    var metaSchema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of(META_SCHEMA));

    assertThat(Violation.of(metaSchema, schema(contract))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void everySchema_namesItselfAndItsDialect(Contract contract) {
    var schema = schema(contract);

    assertThat(schema.path("$id").asText())
        .isEqualTo("urn:worker-llm-client:contract:" + contract.name());
    assertThat(schema.path("$schema").asText()).isEqualTo(META_SCHEMA);
    assertThat(schema.path("title").asText()).isNotEmpty();
    assertThat(schema.path("description").asText()).isNotEmpty();
  }

  @Test
  void everySchemaFile_isAContract() {
    var names =
        ContractFiles.filesIn(ContractFiles.ROOT).stream()
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".schema.json"))
            .map(name -> name.replace(".schema.json", ""));

    assertThat(names).containsExactlyElementsOf(Contract.ALL.stream().map(Contract::name).toList());
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void everySchema_isOnTheClassPath(Contract contract) {
    var name = "/contracts/" + contract.name() + ".schema.json";

    assertThat(SchemasTest.class.getResource(name)).isNotNull();
  }

  /** Two copies of one rule must not drift apart; each file stays readable by itself. */
  @Test
  void rulesThatOccurInSeveralSchemas_areTheSame() {
    var flowRun = schema(Contract.named("flow_run")).path("$defs");
    var manifest = schema(Contract.named("charts_manifest"));
    var claimed = schema(Contract.named("step_claimed")).path("properties");
    var registry = schema(Contract.named("llm_schema")).path("properties");
    var report = schema(Contract.named("llm_report_file"));
    var metadata = report.at("/properties/metadata/properties");

    assertThat(pattern(manifest.at("/$defs/gcsUri"))).isEqualTo(pattern(flowRun.path("gcsUri")));
    assertThat(pattern(report.at("/$defs/gcsUri"))).isEqualTo(pattern(flowRun.path("gcsUri")));
    assertThat(pattern(claimed.path("stepId"))).isEqualTo(pattern(flowRun.path("stepId")));
    assertThat(pattern(metadata.path("stepId"))).isEqualTo(pattern(flowRun.path("stepId")));
    assertThat(pattern(registry.path("schemaId"))).isEqualTo(pattern(flowRun.path("schemaId")));
    assertThat(pattern(metadata.path("schemaId"))).isEqualTo(pattern(flowRun.path("schemaId")));
  }

  private static JsonNode schema(Contract contract) {
    return ContractFiles.json(Contract.file(contract.name()));
  }

  private static String pattern(JsonNode rule) {
    assertThat(rule.path("pattern").isTextual()).isTrue();
    return rule.path("pattern").asText();
  }
}
