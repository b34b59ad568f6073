package io.tda.worker.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExampleRunTest {
  private static final RunFolder RUN = new RunFolder(ContractFiles.ROOT.resolve("example-run"));
  private static final JsonNode READY = RUN.step("llm_report_4h_trend");
  private static final JsonNode PREVIOUS = RUN.step("llm_report_1M_overview");

  @Test
  void theRun_hasOneReadyStepWhoseDependenciesSucceeded() {
    var ready =
        RUN.flowRun().path("steps").properties().stream()
            .filter(step -> step.getValue().path("status").asText().equals("READY"));

    assertThat(ready).singleElement().extracting(step -> step.getValue()).isEqualTo(READY);
    assertThat(READY.path("dependsOn"))
        .isNotEmpty()
        .allSatisfy(
            id -> assertThat(RUN.step(id.asText()).path("status").asText()).isEqualTo("SUCCEEDED"));
    assertThat(RUN.step("notify_report").path("status").asText()).isEqualTo("PENDING");
  }

  @Test
  void everyDocument_meetsItsContract() {
    RUN.documents()
        .forEach((file, contract) ->
            assertThat(
                    Contract.named(contract)
                        .violations(ContractFiles.json(RUN.path().resolve(file))))
                .as(file)
                .isEmpty());
  }

  @Test
  void everyUri_resolvesToAnObjectWithinItsLimit() {
    assertThat(RUN.uris()).hasSizeGreaterThan(6).allMatch(RUN::has);
    assertThat(RUN.objects()).allMatch(RunFolder::isWithinLimit);
  }

  @Test
  void everyObject_isReferredTo() {
    assertThat(RUN.uris().map(RUN::object))
        .containsExactlyInAnyOrderElementsOf(RUN.objects().toList());
  }

  @Test
  void everyChartsManifest_meetsItsContract() {
    for (var export : List.of("chart_export_1M", "chart_export_4h")) {
      var manifest = object(RUN.step(export).at("/outputs/outputsManifestGcsUri"));

      assertThat(Contract.named("charts_manifest").violations(manifest)).isEmpty();
      assertThat(manifest.path("items")).isNotEmpty();
    }
  }

  @Test
  void thePreviousReport_isValidAndTheOneThatItsStepDescribes() {
    var uri = PREVIOUS.at("/outputs/gcs_uri").asText();
    var report = ContractFiles.json(RUN.object(uri));
    var artifact = PREVIOUS.at("/outputs/execution/artifact");
    var bytes = ContractFiles.bytes(RUN.object(uri));

    assertThat(Contract.named("llm_report_file").violations(report)).isEmpty();
    assertThat(artifact.path("gcs_uri").asText()).isEqualTo(uri);
    assertThat(artifact.path("bytes").asInt()).isEqualTo(bytes.length);
    assertThat(artifact.path("sha256").asText()).isEqualTo(Sha256.of(bytes));
    assertThat(report.at("/metadata/claimId"))
        .isEqualTo(PREVIOUS.at("/outputs/execution/claim/claimId"));
    assertThat(violations(report.at("/metadata/schemaId"), report.path("output"))).isEmpty();
  }

  @Test
  void everySchema_carriesItsHash() {
    for (var file : ContractFiles.filesIn(RUN.path().resolve("llm_schemas"))) {
      var schema = ContractFiles.json(file);

      assertThat(schema.path("sha256").asText())
          .isEqualTo(Sha256.ofCanonical(schema.path("jsonSchema")));
    }
  }

  @Test
  void theSchemaOfTheReadyStep_givesTheProjectionWork() {
    var schema = schema(READY.at("/inputs/llm/llmProfile/structuredOutput/schemaId"));

    assertThat(schema.findValues("pattern")).isNotEmpty();
    assertThat(schema.findValues("minLength")).isNotEmpty();
    assertThat(schema.findValues("const")).isNotEmpty();
    assertThat(schema.findValues("exclusiveMinimum")).isNotEmpty();
    assertThat(schema.findValues("$ref")).isNotEmpty();
  }

  @Test
  void theAnswer_meetsTheSchemaOfTheReadyStep() {
    var output = answer();

    assertThat(violations(READY.at("/inputs/llm/llmProfile/structuredOutput/schemaId"), output))
        .isEmpty();
    assertThat(output.at("/summary/markdown").asText().lines()).hasSizeBetween(15, 30);
  }

  @Test
  void theAnswer_saysWhatTheCandlesSay() {
    var candles = CandleSeries.fourHours();
    int last = candles.size() - 1;
    var details = answer().path("details");
    var indicators = details.path("indicators");
    var recent = candles.subList(last - 19, last + 1);
    double volume = recent.stream().mapToInt(Candle::volume).average().orElseThrow();

    assertThat(details.at("/dataQuality/candles").asInt()).isEqualTo(candles.size());
    assertThousandths(details.path("lastClose"), candles.get(last).close());
    assertThousandths(indicators.path("sma20"), Indicators.sma(candles, 20)[last]);
    assertThousandths(indicators.path("sma50"), Indicators.sma(candles, 50)[last]);
    assertThousandths(indicators.path("atr14"), Indicators.atr(candles, 14));
    assertThat(indicators.path("rsi14").asDouble())
        .isCloseTo(Indicators.rsi(candles, 14)[last], within(0.06));
    assertThat(indicators.path("volumeVsMean20").asDouble())
        .isCloseTo(candles.get(last).volume() / volume, within(0.006));
  }

  private static void assertThousandths(JsonNode dollars, double thousandths) {
    assertThat(dollars.asDouble() * 1000).isCloseTo(thousandths, within(0.6));
  }

  private static JsonNode answer() {
    assertThat(RUN.fixtures()).hasSize(1);
    var fixture = ContractFiles.json(RUN.fixtures().getFirst());
    return ContractFiles.json(fixture.at("/candidates/0/content/parts/0/text").asText());
  }

  private static JsonNode object(JsonNode uri) {
    return ContractFiles.json(RUN.object(uri.asText()));
  }

  private static JsonNode schema(JsonNode schemaId) {
    var file = RUN.path().resolve("llm_schemas").resolve(schemaId.asText() + ".json");
    return ContractFiles.json(file).path("jsonSchema");
  }

  private static List<Violation> violations(JsonNode schemaId, JsonNode output) {
    return Violation.of(Contract.compile(schema(schemaId).toString()), output);
  }
}
