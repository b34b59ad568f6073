package io.tda.worker.executor;

import com.fasterxml.jackson.databind.JsonNode;
import io.tda.worker.flow.Violation;
import io.tda.worker.json.StrictJson;
import io.tda.worker.llm.CompiledSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Checks report files against {@code llm_report_file.schema.json}. Compiled once a process. */
final class ReportFileContract implements ReportFileCheck {
  private static final String RESOURCE = "/contracts/llm_report_file.schema.json";
  private static final int MAX_VIOLATIONS = 10;

  private final CompiledSchema schema;

  private ReportFileContract(CompiledSchema schema) {
    this.schema = schema;
  }

  /** Compiled by whoever asks first. */
  private static final class Compiled {
    static final ReportFileContract INSTANCE = read();
  }

  static ReportFileContract load() {
    return Compiled.INSTANCE;
  }

  private static ReportFileContract read() {
    try (var resource = ReportFileContract.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException("not on the class path: " + RESOURCE);
      }
      if (!(StrictJson.parse(resource.readAllBytes())
          instanceof StrictJson.Result.Parsed(var json))) {
        throw new IllegalStateException("not JSON: " + RESOURCE);
      }
      return new ReportFileContract(
          CompiledSchema.compile(json)
              .orElseThrow(() -> new IllegalStateException("no schema: " + RESOURCE)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Violation> violations(JsonNode file) {
    return schema.violations(file, MAX_VIOLATIONS);
  }
}
