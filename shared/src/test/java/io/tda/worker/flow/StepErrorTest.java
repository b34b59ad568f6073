package io.tda.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepErrorTest {

  @Test
  void of_isAsRetryableAsItsCode() {
    assertThat(StepError.of(ErrorCode.RATE_LIMITED, "busy").retryable()).isTrue();
    assertThat(StepError.of(ErrorCode.PROMPT_INVALID, "bad").retryable()).isFalse();
  }

  @Test
  void of_namesThePointer_whenAFieldIsAtFault() {
    var error = StepError.of(ErrorCode.INVALID_STEP_INPUTS, new Violation("/a", "must be b"));

    assertThat(error.message()).isEqualTo("/a: must be b");
    assertThat(error.details()).containsExactly(Map.entry("pointer", "/a"));
  }

  @Test
  void terminal_isNotRetried_whateverItsCode() {
    var error = StepError.of(ErrorCode.RATE_LIMITED, "m", Map.of("n", 1L)).terminal();

    assertThat(error.retryable()).isFalse();
    assertThat(error.details()).containsEntry("n", 1L);
  }

  @Test
  void retryAfter_isRetried_afterThatTime() {
    var error =
        StepError.of(ErrorCode.RATE_LIMITED, "m").terminal().retryAfter(Duration.ofMinutes(10));

    assertThat(error.retryable()).isTrue();
    assertThat(error.retryAfter()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void details_areACopy() {
    var details = new HashMap<String, Object>(Map.of("n", 1L));
    var error = StepError.of(ErrorCode.INTERNAL, "m", details);
    details.clear();

    assertThat(error.details()).hasSize(1);
    assertThatThrownBy(() -> error.details().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void exception_saysWhatTheErrorSays_andNothingOfItsCause() {
    var error = StepError.of(ErrorCode.INTERNAL, "fixed text");
    var exception = new StepException(error, new IllegalStateException("CANARY-PROMPT-PHRASE"));

    assertThat(exception).hasMessage("INTERNAL: fixed text");
    assertThat(exception.error()).isEqualTo(error);
  }
}
