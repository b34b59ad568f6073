package io.tda.worker.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.flow.LLMReportStep;
import io.tda.worker.flow.TokenUsage;
import io.tda.worker.flow.Violation;
import io.tda.worker.id.ClaimId;
import io.tda.worker.id.StepKey;
import io.tda.worker.id.Timeframe;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report as it is stored: what the model answered, and where it comes from. See {@code
 * llm_report_file.schema.json}.
 *
 * @param claimId the claim under which it was written
 * @param createdAt in milliseconds; finer digits are cut off
 * @param output what the model answered, valid against the schema that the request names; not to be
 *     changed
 */
public record LLMReportFile(
    Subject subject,
    Request request,
    Answer answer,
    Inputs inputs,
    ClaimId claimId,
    Instant createdAt,
    ObjectNode output) {
  /** The media type of the stored object. */
  public static final String CONTENT_TYPE = "application/json";

  public LLMReportFile {
    createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
    output = output.deepCopy();
  }

  /** What the report is about. */
  public record Subject(
      StepKey step, @Nullable String flowKey, String symbol, Timeframe timeframe) {
    /** The subject of this step's report. */
    public static Subject of(LLMReportStep step) {
      return new Subject(step.key(), step.flowKey(), step.symbol(), step.timeframe());
    }
  }

  /**
   * What was asked of which model.
   *
   * @param llmProfile the known keys of the step's profile, as given
   */
  public record Request(
      String promptId, SchemaRef schema, String modelName, Map<String, Object> llmProfile) {
    public Request {
      llmProfile = Collections.unmodifiableMap(new LinkedHashMap<>(llmProfile));
    }
  }

  /**
   * The schema that the output meets.
   *
   * @param version the number that its id ends with, or the major one of two
   * @param sha256 as the registry has it; null where it has none
   */
  public record SchemaRef(String id, int version, @Nullable String sha256) {}

  /**
   * How the model answered.
   *
   * @param modelVersion as the provider reported it; null where it did not
   * @param finishReason the provider's name for it
   * @param usage of all calls together
   */
  public record Answer(
      @Nullable String modelVersion,
      String finishReason,
      TokenUsage usage,
      @Nullable String responseId,
      Attempts attempts) {}

  /** Model calls for this report in all, and how many of them were repairs. */
  public record Attempts(int total, int repair) {}

  /** What the model was shown; charts in the order of the request. */
  public record Inputs(
      GcsUri ohlcv, GcsUri chartsManifest, List<GcsUri> charts, List<GcsUri> previousReports) {
    public Inputs {
      charts = List.copyOf(charts);
      previousReports = List.copyOf(previousReports);
    }
  }

  /** What became of a stored object. */
  public sealed interface Result {

    /** It is a report. */
    record Parsed(LLMReportFile file) implements Result {}

    /** It is not: all that is wrong with it. */
    record Invalid(List<Violation> violations) implements Result {
      public Invalid {
        violations = List.copyOf(violations);
      }
    }
  }

  /**
   * Reads a stored report: the fields that the worker needs, and that the output has a summary and
   * details. Whether it meets its own schema is not checked again. Unknown fields are ignored.
   */
  public static Result parse(byte[] bytes) {
    return LLMReportFileReader.read(bytes);
  }

  /** Whether this is the report of that step. */
  public boolean isReportOf(StepKey step) {
    return subject.step().equals(step);
  }

  /** The report as JSON, to be checked before it is written. */
  public ObjectNode toJson() {
    return LLMReportFileWriter.json(this);
  }

  /** The report as it is stored: UTF-8 without white space; the same report, the same bytes. */
  public byte[] toBytes() {
    return toBytes(toJson());
  }

  /** The same from its JSON, where that is there already. */
  public static byte[] toBytes(ObjectNode json) {
    return json.toString().getBytes(UTF_8);
  }

  /** Leaves out what was asked and answered. */
  @Override
  public String toString() {
    return "LLMReportFile[" + subject.step() + ", " + claimId + "]";
  }
}
