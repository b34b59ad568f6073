package io.tda.worker.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/log-events.md} to the code. */
class LogEventsPageTest {
  private static final Path PAGE = Path.of("../docs/log-events.md");
  private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| ([A-Z, ]+) \\| (.*?) \\|.*");
  private static final Pattern FIELD = Pattern.compile("`(\\w+)[^`]*`");

  @Test
  void page_hasEachEventOnceInTheOrderOfTheCatalogue() throws IOException {
    assertThat(rows().stream().map(row -> row.group(1)).toList())
        .isEqualTo(LogEventExamples.all().stream().map(LogEvent::name).toList());
  }

  @Test
  void page_namesTheFieldsAndSeverityOfEachEvent() throws IOException {
    assertThat(rows())
        .zipSatisfy(
            LogEventExamples.all(),
            (row, event) -> {
              assertThat(row.group(2)).contains(event.severity().name());
              assertThat(fields(row.group(3))).isEqualTo(List.copyOf(event.fields().keySet()));
            });
  }

  private static List<MatchResult> rows() throws IOException {
    return Files.readAllLines(PAGE).stream().flatMap(line -> ROW.matcher(line).results()).toList();
  }

  private static List<String> fields(String cell) {
    return FIELD.matcher(cell).results().map(field -> field.group(1)).toList();
  }
}
