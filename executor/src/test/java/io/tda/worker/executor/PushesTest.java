package io.tda.worker.executor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.adapter.http.Answer;
import io.tda.worker.adapter.http.HttpCall;
import io.tda.worker.adapter.http.PostHandler;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.log.OutputEvent.PushFinished;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Pub/Sub is answered. */
final class PushesTest {
  private ExecutorFixture executor;
  private PostHandler pushes;
  private PostHandler letters;

  @BeforeEach
  void wire(@TempDir Path folder) {
    executor = new ExecutorFixture(folder);
    pushes = executor.pushes();
    letters = executor.letters();
  }

  @Test
  void push_isDone_whenTheStepEnds_andWhenItComesAgain() {
    assertThat(push()).isEqualTo(Answer.DONE);
    assertThat(push()).isEqualTo(Answer.DONE);
    assertThat(executor.model.calls()).isEqualTo(1);
  }

  @Test
  void push_isDone_whenTheStepFailsForGood() {
    executor.model.fails(StepError.of(ErrorCode.LLM_AUTH_FAILED, "no"));

    assertThat(push()).isEqualTo(Answer.DONE);
  }

  @Test
  void push_isDone_whenTheRunWasCancelled() {
    executor.setRun("CANCELLED", "status");

    assertThat(push()).isEqualTo(Answer.DONE);
  }

  @Test
  void push_isInProgress_whileAnExecutorHoldsTheLease() {
    executor.takeOver();

    assertThat(push()).isEqualTo(Answer.IN_PROGRESS);
    assertThat(letter()).isEqualTo(Answer.IN_PROGRESS);
  }

  @Test
  void push_comesAgain_whenTheModelFailsForNow() {
    executor.model.fails(StepError.of(ErrorCode.GEMINI_REQUEST_FAILED, "later"));

    assertThat(push()).isEqualTo(Answer.COME_AGAIN);
  }

  @Test
  void push_comesAgain_whenTheProcessIsToldToEnd() {
    executor.model.during(executor.shutdown::cancel);
    executor.model.fails(StepError.of(ErrorCode.TIME_BUDGET_EXCEEDED, "cancelled"));

    assertThat(push()).isEqualTo(Answer.COME_AGAIN);
    assertThat(executor.lease()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"message\":{\"messageId\":\"1\"}}",
        "{\"message\":{\"messageId\":\"1\",\"data\":\"e30=\"}}",
        "{\"message\":{\"messageId\":\"1\",\"data\":\"bm8ganNvbg==\"}}"
      })
  void push_isRefused_whenItIsNoClaim(String body) {
    assertThat(pushes.handle(call(body.getBytes(UTF_8)))).isEqualTo(Answer.BAD_REQUEST);
    assertThat(executor.log.entries())
        .extracting(it -> it.event())
        .containsExactly(new PushFinished(400));
  }

  @Test
  void push_isLoggedOnceWithItsStep() {
    push();

    assertThat(executor.log.entries())
        .filteredOn(it -> it.event() instanceof PushFinished)
        .singleElement()
        .satisfies(it -> {
          assertThat(it.event()).isEqualTo(new PushFinished(204));
          assertThat(it.context().messageId()).isEqualTo("message-1");
          assertThat(it.context().stepId()).isEqualTo(ExecutorFixture.STEP.stepId());
        });
  }

  @Test
  void letter_isDone_whenItEndsTheStep_andWhenNobodyCanReadIt() {
    assertThat(letter()).isEqualTo(Answer.DONE);
    assertThat(letters.handle(call("{\"message\":{\"messageId\":\"1\"}}".getBytes(UTF_8))))
        .isEqualTo(Answer.DONE);
    assertThat(letters.handle(call("{}".getBytes(UTF_8)))).isEqualTo(Answer.BAD_REQUEST);
    assertThat(executor.model.calls()).isZero();
  }

  private Answer push() {
    return pushes.handle(call(ExecutorFixture.push(executor.message())));
  }

  private Answer letter() {
    return letters.handle(call(ExecutorFixture.push(executor.message())));
  }

  private static HttpCall call(byte[] body) {
    return new HttpCall(Map.of(), body);
  }
}
