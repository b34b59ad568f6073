package io.tda.worker.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the log lines to their contract. */
class LogEventSchemaTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/log-events.jsonl");
  private static final Path SCHEMA = Path.of("../contracts/log_event.schema.json");

  @Test
  void everyGoldenLine_meetsTheContract() throws IOException {
    var schema = schema();

    assertThat(LogLines.of(Files.readString(GOLDEN)))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(schema.validate(line)).isEmpty());
  }

  @Test
  void contract_refusesAnUnknownEvent() throws IOException {
    var line = LogLines.of(Files.readString(GOLDEN)).getFirst().toString();

    assertThat(
            schema()
                .validate(
                    LogLines.of(line.replace("cloud_event_received", "something_else") + "\n")
                        .getFirst()))
        .isNotEmpty();
  }

  private static Schema schema() throws IOException {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(Files.readString(SCHEMA));
  }
}
