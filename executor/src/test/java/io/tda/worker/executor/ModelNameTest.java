package io.tda.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.log.ModelEvent.LlmRequestFinished;
import io.tda.worker.log.OutputEvent.StepCompleted;
import io.tda.worker.log.OutputEvent.StepFailed;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which lines name the model: those that metrics by model are made from. */
@Timeout(60)
final class ModelNameTest {
  private static final String MODEL = "gemini-2.5-flash";
  private static final String STEP = ExecutorFixture.STEP.stepId().value();

  private ExecutorFixture fixture;

  @BeforeEach
  void setUp(@TempDir Path folder) {
    fixture = new ExecutorFixture(folder);
  }

  @Test
  void completedStep_namesTheModelThatWasAsked() {
    fixture.execute();

    assertThat(fixture.log.events(LlmRequestFinished.class))
        .extracting(LlmRequestFinished::modelName)
        .containsExactly(MODEL);
    assertThat(fixture.log.events(StepCompleted.class))
        .extracting(StepCompleted::modelName)
        .containsExactly(MODEL);
  }

  @Test
  void completedStep_namesTheModelOfTheReport_whenAnEarlierOneIsTaken() {
    fixture.execute();
    fixture.claimAgain();
    fixture.setRun("no-such-model", profile("modelName"));
    fixture.log.clear();

    fixture.execute();

    assertThat(fixture.log.events(StepCompleted.class))
        .extracting(StepCompleted::modelName)
        .containsExactly(MODEL);
  }

  @Test
  void failedStep_namesTheChosenModel_thoughItWasNotAsked() {
    fixture.documents.commit(
        List.of(
            new Write.Delete(
                new DocumentRef("llm_prompts", "vector_prompt_v1"), new Precondition.None())));

    fixture.execute();

    assertThat(fixture.log.events(StepFailed.class))
        .extracting(StepFailed::modelName)
        .containsExactly(MODEL);
  }

  @Test
  void failedStep_namesNoModel_whenItsProfileIsNotValid() {
    fixture.setRun("hot", profile("temperature"));

    fixture.execute();

    assertThat(fixture.log.events(StepFailed.class))
        .extracting(StepFailed::modelName)
        .containsOnlyNulls();
  }

  private static String[] profile(String key) {
    return new String[] {"steps", STEP, "inputs", "llm", "llmProfile", key};
  }
}
