package io.tda.worker.local.smoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import io.tda.worker.id.RunId;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cloud Logging, over the wire. */
final class LoggingApiTest extends LogSourceContract {
  private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05.678Z");

  private LoggingApiDouble google;
  private int written;

  @BeforeEach
  void start() throws IOException {
    google = new LoggingApiDouble();
  }

  @AfterEach
  void stop() {
    google.close();
  }

  @Override
  LogSource source() {
    var token = new AccessToken("a-token", Date.from(Instant.parse("2126-01-01T00:00:00Z")));
    return new LoggingApi(google.endpoint(), GoogleCredentials.create(token), "p-1", SINCE);
  }

  @Override
  void write(String severity, String fields) throws IOException {
    google.take(severity, "2026-01-02T03:04:06.%03dZ".formatted(written++), "{" + fields + "}");
  }

  @Test
  void filter_namesServiceTimeAndRuns_andTheCallerIsNamed() {
    source().read(Set.of(new RunId("b"), new RunId("a")));

    var request = google.requests().getFirst();
    assertThat(request.path("filter").asText())
        .isEqualTo(
            """
            resource.type="cloud_run_revision" AND jsonPayload.service="worker_llm_client"
            timestamp>="2026-01-02T03:04:05Z"
            jsonPayload.runId=("a" OR "b")\
            """);
    assertThat(request.path("resourceNames").toString()).isEqualTo("[\"projects/p-1\"]");
    assertThat(request.path("orderBy").asText()).isEqualTo("timestamp asc");
    assertThat(google.authorizations()).containsExactly("Bearer a-token");
  }

  @Test
  void pages_areReadToTheLast() throws IOException {
    for (int i = 0; i < 5; i++) {
      write("INFO", "\"component\":\"executor\",\"runId\":\"smoke-1\",\"event\":\"e" + i + '"');
    }

    assertThat(source().read(Set.of(RUN)))
        .extracting(LoggedLine::event)
        .containsExactly("e0", "e1", "e2", "e3", "e4");
    assertThat(google.requests()).hasSize(3);
  }

  @Test
  void linesOfOneMillisecond_haveNoOrder() throws IOException {
    for (var event : new String[] {"push_finished", "step_completed"}) {
      google.take(
          "INFO",
          "2026-01-02T03:04:06.007Z",
          "{\"component\":\"executor\",\"runId\":\"smoke-1\",\"event\":\"%s\"}".formatted(event));
    }

    var lines = source().read(Set.of(RUN));

    assertThat(lines.getFirst().order()).isEqualTo(lines.getLast().order());
    assertThat(LogStory.of(lines).executor()).containsExactly("step_completed", "push_finished");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void faultThatPasses_isNoLineYet(int status) {
    google.answerWith(status);

    assertThat(source().read(Set.of(RUN))).isEmpty();
  }

  @Test
  void refusal_namesTheRoleThatIsMissing() {
    google.answerWith(403);

    assertThatThrownBy(() -> source().read(Set.of(RUN)))
        .isInstanceOf(LogSourceException.class)
        .hasMessage(
            "the Logging API refuses (403): reading project p-1's log takes roles/logging.viewer");
  }

  @Test
  void anythingElse_isSaid() {
    google.answerWith(400);

    assertThatThrownBy(() -> source().read(Set.of(RUN)))
        .isInstanceOf(LogSourceException.class)
        .hasMessage("the Logging API answers 400");
  }
}
