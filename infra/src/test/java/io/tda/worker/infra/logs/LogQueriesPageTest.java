package io.tda.worker.infra.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.infra.check.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each query of docs/log-queries.md can match a line. */
final class LogQueriesPageTest {
  private static final Pattern BLOCK = Pattern.compile("```\\n(.*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @MethodSource("queries")
  void query_canMatchALine(String query) throws IOException {
    assertThat(LogSchema.load().faults(LogFilter.of(query))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jsonPayload.event=\"step_finished\"",
        "jsonPayload.event=\"step_failed\" AND jsonPayload.code=\"RATE_LIMITED\"",
        "jsonPayload.event=\"step_failed\" AND jsonPayload.error.code=\"NO_SUCH_CODE\"",
        "jsonPayload.event=\"cloud_event_finished\" AND jsonPayload.status=\"done\"",
        "jsonPayload.run=\"x\"",
        "jsonPayload.env=\"dev\" AND jsonPayload.service=\"other\""
      })
  void query_isRefused_whenItCanMatchNone(String query) throws IOException {
    assertThat(LogSchema.load().faults(LogFilter.of(query))).isNotEmpty();
  }

  @Test
  void everyEventThatNeedsAPerson_hasAQuery() throws IOException {
    assertThat(queries().stream().flatMap(query -> LogFilter.of(query).events().stream()))
        .contains(
            "step_failed",
            "internal_error",
            "claim_dead_lettered",
            "finalize_failed",
            "config_invalid",
            "cloud_event_ignored");
  }

  static List<String> queries() throws IOException {
    return BLOCK
        .matcher(Files.readString(Places.of("docs/log-queries.md")))
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }
}
