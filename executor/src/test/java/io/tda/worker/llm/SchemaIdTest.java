package io.tda.worker.llm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaIdTest {

  @ParameterizedTest
  @CsvSource({
    "llm_report_output_v1, 1",
    "llm_report_output_v12, 12",
    "llm_schema_4h_report_v2_0, 2",
    "llm_schema_1M_reco_v3_11, 3",
    "llm_schema_1w_report_entry_exit_v4_1, 4",
    "llm_schema_1w_report_v9_v4_1, 4",
    "llm_report_output_v007, 7"
  })
  void schemaVersion_isTheMajorNumber(String id, int version) {
    assertThat(new SchemaId(id).schemaVersion()).isEqualTo(version);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "llm_report_output",
        "llm_report_output_v",
        "llm_report_output_v1 ",
        "llm_report_output_v1_0",
        "llm_report_output_v1234567",
        "llm_schema_4h_report_v1",
        "llm_schema_4h_other_v1_0",
        "llm_schema__report_v1_0",
        "llm_schema_4h_report__v1_0",
        "llm_schema_4h_report_a-b_v1_0",
        "LLM_REPORT_OUTPUT_V1",
        "../llm_report_output_v1"
      })
  void parse_refusesEveryOtherForm(String id) {
    assertThat(SchemaId.parse(id)).isEmpty();
  }

  @Test
  void parse_refusesIdsOver128Characters() {
    assertThat(SchemaId.parse("llm_schema_4h_report_" + "a".repeat(120) + "_v1_0")).isEmpty();
  }
}
