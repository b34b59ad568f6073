package io.tda.worker.executor.adapter.gemini;

import static io.tda.worker.llm.LLMRequests.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.llm.LLMClient;
import io.tda.worker.llm.LLMClientContract;
import io.tda.worker.llm.LLMRequest;
import io.tda.worker.llm.LLMRequest.FixtureKey;
import io.tda.worker.llm.LLMRequest.RepairTurn;
import io.tda.worker.llm.LLMRequests;
import io.tda.worker.time.Cancellation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stored answers keep the port's contract, and are found under the names that spec 05.2 gives. */
final class FixtureLLMClientTest extends LLMClientContract {
  private static final String STEM =
      "gemini-test__demo_prompt_v1__llm_report_output_v1__LINKUSDT__4h";
  private static final LLMRequest REPAIR =
      LLMRequests.minimal().repairing(new RepairTurn("{", "Mend it."));

  @TempDir Path directory;

  @Override
  protected LLMClient answering(String answer) {
    store(STEM + ".json", strict(answer));
    return new FixtureLLMClient(directory);
  }

  @Override
  protected Optional<Silent> silent() {
    return Optional.empty();
  }

  @Test
  void generate_namesTheFile_thatIsMissing() {
    var error = failure(LLMRequests.minimal());

    assertThat(error.code()).isEqualTo(ErrorCode.LLM_MOCK_MISSING);
    assertThat(error.retryable()).isFalse();
    assertThat(error.details()).containsEntry("fixture", STEM + ".json");
  }

  @Test
  void generate_prefersAStoredError() {
    store(STEM + ".json", text("A"));
    store(STEM + "__429_RATE_LIMITED.json", strict(limited("3s")));

    assertThat(failure(LLMRequests.minimal()).retryAfter()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void generate_findsTheAnswerToARepair() {
    store(STEM + ".json", text("A"));
    store(STEM + "__repair.json", text("B"));

    assertThat(answer(LLMRequests.minimal())).isEqualTo("A");
    assertThat(answer(REPAIR)).isEqualTo("B");
  }

  @Test
  void generate_repeatsItself_whenARepairHasNoAnswerOfItsOwn() {
    store(STEM + ".json", text("A"));

    assertThat(answer(REPAIR)).isEqualTo("A");
  }

  @Test
  void generate_namesTheRepair_whenNeitherIsThere() {
    assertThat(failure(REPAIR).details()).containsEntry("fixture", STEM + "__repair.json");
  }

  @Test
  void generate_putsAModelsPathIntoOneName() {
    var request = LLMRequests.forModel("publishers/google/models/gemini-test");
    store("publishers_google_models_" + STEM + ".json", text("A"));

    assertThat(answer(request)).isEqualTo("A");
  }

  @ParameterizedTest
  @CsvSource({
    "'', empty",
    "'{', 'line 1, column 2: ends too early'",
    "'[]', not an object",
    "'{\"error\": {}}', '/error/code: not a number'"
  })
  void generate_saysWhatIsWrong_withAFile(String content, String reason) {
    store(STEM + ".json", content);

    var error = failure(LLMRequests.minimal());

    assertThat(error.code()).isEqualTo(ErrorCode.LLM_MOCK_MISSING);
    assertThat(error.message()).isEqualTo("the stored answer is no generateContent answer");
    assertThat(error.details())
        .containsEntry("fixture", STEM + ".json")
        .containsEntry("reason", reason);
  }

  @Test
  void generate_saysThatAFileCannotBeRead() throws IOException {
    Files.createDirectory(directory.resolve(STEM + ".json"));

    assertThat(failure(LLMRequests.minimal()).message())
        .isEqualTo("the stored answer cannot be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../x", "a/b", "a\\b", ".hidden", "a\0b", "a b"})
  void generate_neverLeavesItsDirectory(String symbol) {
    var request = LLMRequests.stored(new FixtureKey("p", "s", symbol, "4h"));

    var error = failure(request);

    assertThat(error.code()).isEqualTo(ErrorCode.LLM_MOCK_MISSING);
    assertThat(error.details()).isEmpty();
  }

  @Test
  void generate_refusesAName_longerThanFileSystemsAllow() {
    var request = LLMRequests.stored(new FixtureKey("p".repeat(128), "s".repeat(128), "X", "4h"));

    assertThat(failure(request).code()).isEqualTo(ErrorCode.LLM_MOCK_MISSING);
  }

  private String answer(LLMRequest request) {
    var client = new FixtureLLMClient(directory);
    return String.valueOf(
        client.generate(request, Duration.ofSeconds(1), new Cancellation()).text());
  }

  private StepError failure(LLMRequest request) {
    return assertThatExceptionOfType(StepException.class)
        .isThrownBy(() -> answer(request))
        .actual()
        .error();
  }

  private static String text(String text) {
    return json("{'candidates': [{'content': {'parts': [{'text': '" + text + "'}]}}]}").toString();
  }

  private void store(String name, String content) {
    try {
      Files.write(directory.resolve(name), content.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
