package io.tda.worker.executor.adapter.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.auth.Retryable;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.GenAiIOException;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.llm.LLMRequests;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serial;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which error an exception becomes, and what is left of the exception. */
final class GeminiErrorsTest {
  private static final String SECRET = "CANARY-SECRET-0001";

  @Test
  void of_takesTheSdksTimeout_forTheDeadline() {
    var fault = new GenAiIOException("x", new InterruptedIOException("timeout"));

    assertThat(GeminiErrors.of(fault).error().code()).isEqualTo(ErrorCode.TIME_BUDGET_EXCEEDED);
  }

  @Test
  void of_takesASlowConnect_forABrokenConnection() {
    var fault = new GenAiIOException("x", new SocketTimeoutException("connect timed out"));

    assertThat(GeminiErrors.of(fault).error().code()).isEqualTo(ErrorCode.GEMINI_REQUEST_FAILED);
  }

  @Test
  void of_isTerminal_whenTheAccountsTokenIsRefusedForGood() {
    var fault = new GenAiIOException("Failed to refresh credentials.", new TokenException(false));

    assertThat(GeminiErrors.of(fault).error().code()).isEqualTo(ErrorCode.LLM_AUTH_FAILED);
  }

  @Test
  void of_isRetryable_whenTheTokenServerIsBusy() {
    var fault = new GenAiIOException("Failed to refresh credentials.", new TokenException(true));

    assertThat(GeminiErrors.of(fault).error().code()).isEqualTo(ErrorCode.GEMINI_REQUEST_FAILED);
  }

  @Test
  void of_callsAnythingElseABug() {
    var error = GeminiErrors.of(new IllegalArgumentException(SECRET)).error();

    assertThat(error.code()).isEqualTo(ErrorCode.INTERNAL);
    assertThat(error.details()).containsEntry("fault", "IllegalArgumentException");
  }

  @Test
  void of_keepsStacksAndClasses_butNoMessages() {
    var root = new IOException("Unexpected char 0x0a in x-goog-api-key value: " + SECRET);
    var fault = GeminiErrors.of(new GenAiIOException(SECRET, root));

    assertThat(fault).hasMessageNotContaining(SECRET);
    assertThat(fault.getCause())
        .hasMessage("com.google.genai.errors.GenAiIOException")
        .hasRootCauseMessage("java.io.IOException");
    assertThat(fault).rootCause().extracting("stackTrace").isEqualTo(root.getStackTrace());
  }

  @Test
  void of_isAsSilentAboutAnExceptionOfTheSdk() {
    var fault = GeminiErrors.of(new ClientException(400, SECRET, SECRET));

    assertThat(fault.error().toString()).doesNotContain(SECRET);
    assertThat(fault.getCause()).hasMessageNotContaining(SECRET);
  }

  @Test
  void of_leavesAnErrorThatIsNamedAlready_asItIs() {
    var named = new StepException(StepError.of(ErrorCode.LLM_MOCK_MISSING, "x"));

    assertThat(GeminiErrors.of(new IllegalStateException(named))).isSameAs(named);
  }

  @ParameterizedTest
  @CsvSource({
    "34.074824224s, PT34.074824224S",
    "0s, PT0S",
    "86400s, PT24H",
    "-1s, PT10M",
    "soon, PT10M",
    "99999999999s, PT10M",
    "'', PT10M"
  })
  void refused_readsTheRetryDelay_orWaitsAsForAQuota(String delay, Duration expected) {
    var error =
        LLMRequests.json(
            "{'details': [{'@type': 'type.googleapis.com/google.rpc.RetryInfo', 'retryDelay': '"
                + delay
                + "'}]}");

    assertThat(GeminiErrors.refused(GeminiErrorBody.of(429, error)).retryAfter())
        .isEqualTo(expected);
  }

  @Test
  void toString_keepsThePrompt() {
    var call = GeminiCall.of(LLMRequests.full(), Duration.ofSeconds(1));

    assertThat(call).hasToString("GeminiCall[gemini-test]");
  }

  private static final class TokenException extends IOException implements Retryable {
    @Serial private static final long serialVersionUID = 1L;
    private final boolean retryable;

    TokenException(boolean retryable) {
      this.retryable = retryable;
    }

    @Override
    public boolean isRetryable() {
      return retryable;
    }

    @Override
    public int getRetryCount() {
      return 0;
    }
  }
}
