package io.tda.worker.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Documents held to their contracts, and schemas looked at, on the command line. */
final class ValidateCommandTest {
  @Test
  void validate_findsEveryValidExampleValid_byItsContent() {
    var cli = Cli.run("validate", Contracts.file("examples", "valid") + "/**/*.json");
    assertThat(cli.exitCode()).as(cli.out()).isZero();
    assertThat(cli.out()).contains(" 0 invalid");
  }

  @Test
  void validate_findsEveryInvalidExampleInvalid() {
    var cli = Cli.run("validate", Contracts.file("examples", "invalid") + "/**/*.json");
    assertThat(cli.exitCode()).isEqualTo(65);
    assertThat(cli.out()).contains("\n0 valid, ");
  }

  @Test
  void validate_refusesAPatternThatMatchesNothing() {
    var cli = Cli.run("validate", Contracts.file("nowhere") + "/*.json");
    assertThat(cli.exitCode()).isEqualTo(65);
    assertThat(cli.err()).contains("nowhere").contains("matches no file");
  }

  @Test
  void validate_refusesAnUnknownContract() {
    assertThat(Cli.run("validate", "--contract=poem", "x.json").exitCode()).isEqualTo(64);
  }

  @Test
  void validate_takesTheContractThatIsNamed() {
    var cli =
        Cli.run(
            "validate",
            "--contract=llm_prompt",
            Contracts.file("example-run", "flow_run.json").toString());
    assertThat(cli.exitCode()).isEqualTo(65);
    assertThat(cli.out()).contains("invalid llm_prompt");
  }

  @Test
  void schemaSha256_isTheOneThatTheDocumentDeclares() {
    var file = Contracts.file("example-run", "llm_schemas", "llm_schema_4h_report_v1_0.json");
    var cli = Cli.run("schema", "sha256", file.toString());
    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out().strip()).isEqualTo(InputFiles.json(file).path("sha256").asText());
  }

  @Test
  void schemaLint_showsWhatTheProviderIsNotTold() {
    var file = Contracts.file("example-run", "llm_schemas", "llm_schema_4h_report_v1_0.json");
    var cli = Cli.run("schema", "lint", file.toString());
    assertThat(cli.exitCode()).as(cli.out()).isZero();
    assertThat(cli.out()).contains("dropped  ").endsWith("usable\n");
  }

  @Test
  void schemaLint_refusesASchemaWithoutASummary() {
    var file =
        Contracts.file(
            "test-vectors", "schema-without-summary", "llm_schemas", "llm_report_output_v1.json");
    var cli = Cli.run("schema", "lint", file.toString());
    assertThat(cli.exitCode()).isEqualTo(65);
    assertThat(cli.out()).contains("error    ").endsWith("not usable\n");
  }
}
