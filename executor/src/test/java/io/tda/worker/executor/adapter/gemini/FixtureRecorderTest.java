package io.tda.worker.executor.adapter.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tda.worker.executor.adapter.gemini.StubGeminiServer.Reply;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepException;
import io.tda.worker.llm.LLMClient;
import io.tda.worker.llm.LLMClientContract;
import io.tda.worker.llm.LLMRequest;
import io.tda.worker.llm.LLMRequest.RepairTurn;
import io.tda.worker.llm.LLMRequests;
import io.tda.worker.llm.LLMResponse;
import io.tda.worker.time.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recording keeps the port's contract, and what was recorded is what was said. */
final class FixtureRecorderTest extends LLMClientContract {
  private static final String STEM =
      "gemini-test__demo_prompt_v1__llm_report_output_v1__LINKUSDT__4h";

  @TempDir Path directory;
  private final GeminiFixture gemini = new GeminiFixture();

  @AfterEach
  void close() {
    gemini.close();
  }

  @Override
  protected LLMClient answering(String answer) {
    var json = strict(answer);
    gemini.server().replying(Reply.json(GeminiFixture.status(json), json));
    return recorder();
  }

  @Override
  protected Optional<Silent> silent() {
    gemini.server().otherwise(_ -> new Reply.Stall());
    return Optional.of(new Silent(recorder(), gemini.server()::awaitRequest));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'candidates': [{'content': {'parts': [{'text': 'A'}]}, 'finishReason': 'MAX_TOKENS'}],"
            + " 'usageMetadata': {'promptTokenCount': 3, 'totalTokenCount': 3},"
            + " 'modelVersion': 'm-1', 'responseId': 'r-1'}",
        "{'candidates': [{'finishReason': 'SAFETY'}]}",
        "{'promptFeedback': {'blockReason': 'SAFETY'}}",
        "{'candidates': []}"
      })
  void generate_repeatsTheAnswer_fromThenOn_withoutTheModel(String answer) throws IOException {
    gemini.server().replying(Reply.json(200, answer));

    var first = call(LLMRequests.minimal());

    assertThat(call(LLMRequests.minimal())).isEqualTo(first);
    assertThat(
            new FixtureLLMClient(directory.resolve("recorded"))
                .generate(LLMRequests.minimal(), Duration.ofSeconds(1), new Cancellation()))
        .isEqualTo(first);
    assertThat(gemini.server().requests()).hasSize(1);
    assertThat(files()).containsExactly(STEM + ".json");
  }

  @Test
  void generate_storesARepair_underItsOwnName() throws IOException {
    gemini.server().replying(Reply.text("A"), Reply.text("B"));
    var repair = LLMRequests.minimal().repairing(new RepairTurn("A", "Mend it."));

    call(LLMRequests.minimal());
    var second = call(repair);

    assertThat(second.text()).isEqualTo("B");
    assertThat(files()).containsExactly(STEM + ".json", STEM + "__repair.json");
  }

  @Test
  void generate_storesNoErrors() throws IOException {
    gemini.server().replying(Reply.json(429, "{}"), Reply.text("A"));

    assertThatExceptionOfType(StepException.class).isThrownBy(() -> call(LLMRequests.minimal()));

    assertThat(files()).isEmpty();
    assertThat(call(LLMRequests.minimal()).text()).isEqualTo("A");
  }

  @Test
  void generate_asksNobody_whenTheAnswerCouldNotBeStored() throws IOException {
    var file = Files.createFile(directory.resolve("file"));
    var recorder = new FixtureRecorder(file.resolve("sub"), gemini.client());

    assertThatExceptionOfType(StepException.class)
        .isThrownBy(
            () -> recorder.generate(LLMRequests.minimal(), GeminiFixture.AMPLE, new Cancellation()))
        .satisfies(fault -> assertThat(fault.error().code()).isEqualTo(ErrorCode.LLM_MOCK_MISSING));
    assertThat(gemini.server().requests()).isEmpty();
  }

  private LLMResponse call(LLMRequest request) {
    return recorder().generate(request, GeminiFixture.AMPLE, new Cancellation());
  }

  private FixtureRecorder recorder() {
    return new FixtureRecorder(directory.resolve("recorded"), gemini.client());
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(directory.resolve("recorded"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
