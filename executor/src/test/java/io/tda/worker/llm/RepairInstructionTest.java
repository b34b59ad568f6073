package io.tda.worker.llm;

import static io.tda.worker.llm.LLMFixtures.OUTPUT_CANARY;
import static io.tda.worker.llm.LLMFixtures.answer;
import static io.tda.worker.llm.LLMFixtures.schema;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepairInstructionTest {
  private final StructuredOutputValidator validator = new StructuredOutputValidator(1000);

  @Test
  void turn_saysWhatIsWrongAndWhatIsWanted() {
    var turn = RepairInstruction.turn(schema(), invalid("{\"summary\": {}, \"x\": 1}"), "…");
    Golden.assertMatches("repair/schema-validation.txt", turn.instruction());
  }

  @Test
  void turn_namesNoErrors_whereThereAreNone() {
    var turn = RepairInstruction.turn(schema(), invalid("{"), "{");
    Golden.assertMatches("repair/json-parse.txt", turn.instruction());
  }

  @Test
  void turn_keepsTheAnswerOutOfTheInstruction() {
    var text =
        "{\"summary\": {\"markdown\": 1}, \"" + OUTPUT_CANARY + "\": \"" + OUTPUT_CANARY + "\"}";
    var turn = RepairInstruction.turn(schema(), invalid(text), text);
    assertThat(turn.instruction()).doesNotContain(OUTPUT_CANARY);
    assertThat(turn.invalidText()).isEqualTo(text);
    assertThat(turn.toString()).doesNotContain(OUTPUT_CANARY);
    assertThat(LLMFixtures.request().repairing(turn).toString()).doesNotContain("CANARY");
  }

  private StructuredOutputInvalid invalid(String text) {
    return (StructuredOutputInvalid) validator.validate(answer(text), schema());
  }
}
