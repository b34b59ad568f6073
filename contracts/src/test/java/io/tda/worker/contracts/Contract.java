package io.tda.worker.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.List;

/**
 * One of the contracts: its name and its schema.
 *
 * @param name such as {@code flow_run}
 */
record Contract(String name, Schema schema) {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  static final List<Contract> ALL =
      List.of(
          of("charts_manifest"),
          of("flow_run"),
          of("llm_prompt"),
          of("llm_report_file"),
          of("llm_schema"),
          of("log_event"),
          of("step_claimed"));

  private static Contract of(String name) {
    return new Contract(name, compile(ContractFiles.text(file(name))));
  }

  static Contract named(String name) {
    return ALL.stream()
        .filter(contract -> contract.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no contract " + name));
  }

  static Schema compile(String schema) {
    return REGISTRY.getSchema(schema);
  }

  static Path file(String name) {
    return ContractFiles.ROOT.resolve(name + ".schema.json");
  }

  List<Violation> violations(JsonNode document) {
    return Violation.of(schema, document);
  }

  Path examples(String kind) {
    return ContractFiles.ROOT.resolve("examples").resolve(kind).resolve(name);
  }

  @Override
  public String toString() {
    return name;
  }
}
