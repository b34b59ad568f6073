package io.tda.worker.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pins every kind of log line: its name, its severity, its fields and their order. */
class LogEventGoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/log-events.jsonl");
  private static final String UPDATE = "golden.update";

  @Test
  void lines_areThoseOfTheGoldenFile() throws IOException {
    var lines = lines();
    if (Boolean.getBoolean(UPDATE)) {
      Files.writeString(GOLDEN, lines);
    }
    assertThat(lines)
        .as(
            "Log lines are an API. If the change is meant: mvn -pl shared -am test"
                + " -Dtest=LogEventGoldenTest -D%s=true",
            UPDATE)
        .isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void everyKindOfEvent_hasOneLine() {
    var shown = LogEventExamples.all().stream().map(Object::getClass).toList();

    assertThat(shown).doesNotHaveDuplicates();
    assertThat(Set.<Object>copyOf(shown)).isEqualTo(Set.copyOf(kinds(LogEvent.class).toList()));
  }

  @Test
  void everyName_isThatOfItsRecordInSnakeCase() {
    assertThat(LogEventExamples.all())
        .allSatisfy(event -> assertThat(event.name()).isEqualTo(snakeCase(event)));
  }

  @Test
  void everyLine_hasTheRequiredFieldsOnceAndTheContext() throws IOException {
    assertThat(LogLines.of(lines()))
        .allSatisfy(line ->
            assertThat(line.fieldNames())
                .toIterable()
                .startsWith(
                    "severity",
                    "message",
                    "time",
                    "service",
                    "env",
                    "component",
                    "version",
                    "event",
                    "eventId",
                    "runId",
                    "stepId",
                    "claimId",
                    "messageId",
                    "flowKey",
                    "timeframe",
                    "symbol")
                .endsWith(
                    "trace",
                    "logging.googleapis.com/trace",
                    "logging.googleapis.com/spanId",
                    "logging.googleapis.com/trace_sampled"));
  }

  private static String lines() {
    var out = new ByteArrayOutputStream();
    var logger =
        new CloudLoggingEventLogger(
            new LogOrigin("test", LogOrigin.Component.EXECUTOR, "1.2.3", "demo-project"),
            new FieldGate(new SecretMask(Set.of("CANARY-SECRET-0001"))),
            Severity.DEBUG,
            out,
            InstantSource.fixed(Instant.parse("2025-12-24T06:10:00.123Z")));
    LogEventExamples.all().forEach(event -> logger.log(event, LogEventExamples.CONTEXT));
    return out.toString(UTF_8);
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(LogEventGoldenTest::kinds)
        : Stream.of(type);
  }

  private static String snakeCase(LogEvent event) {
    return event
        .getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_")
        .toLowerCase(Locale.ROOT);
  }
}
