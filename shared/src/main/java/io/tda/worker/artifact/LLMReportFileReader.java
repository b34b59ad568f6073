package io.tda.worker.artifact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.artifact.LLMReportFile.Answer;
import io.tda.worker.artifact.LLMReportFile.Attempts;
import io.tda.worker.artifact.LLMReportFile.Inputs;
import io.tda.worker.artifact.LLMReportFile.Request;
import io.tda.worker.artifact.LLMReportFile.SchemaRef;
import io.tda.worker.artifact.LLMReportFile.Subject;
import io.tda.worker.flow.TokenUsage;
import io.tda.worker.flow.Violation;
import io.tda.worker.id.ClaimId;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.id.StepKey;
import io.tda.worker.id.Timeframe;
import io.tda.worker.json.DocumentJson;
import io.tda.worker.json.JsonFields;
import io.tda.worker.json.JsonType;
import io.tda.worker.json.StrictJson;
import io.tda.worker.time.Rfc3339;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a report from its JSON form, collecting what is wrong with it. */
final class LLMReportFileReader {
  private static final JsonType<GcsUri> URI = JsonType.text(GcsUri::parse, GcsUri.RULE);
  private static final JsonType<String> ANY_TEXT = JsonType.text(Optional::of, "must be a text");
  private static final JsonType<Long> COUNT = JsonType.wholeNumber(0, Long.MAX_VALUE);
  private static final JsonType<Long> SMALL_COUNT = JsonType.wholeNumber(0, Integer.MAX_VALUE);

  private final List<Violation> violations = new ArrayList<>();

  private LLMReportFileReader() {}

  static LLMReportFile.Result read(byte[] bytes) {
    return switch (StrictJson.parse(bytes)) {
      case StrictJson.Result.Parsed(ObjectNode object) -> new LLMReportFileReader().read(object);
      case StrictJson.Result.Parsed _ -> invalid(JsonType.OBJECT.rule());
      case StrictJson.Result.Malformed(var reason) -> invalid(reason);
    };
  }

  private static LLMReportFile.Result.Invalid invalid(String rule) {
    return new LLMReportFile.Result.Invalid(List.of(new Violation("", rule)));
  }

  private LLMReportFile.Result read(ObjectNode object) {
    var fields = fields(object, "");
    var metadata = fields.object("metadata");
    var output = fields.required("output", JsonType.OBJECT);
    if (output != null) {
      requireReport(output);
    }
    var file = metadata == null || output == null ? null : file(metadata, output);
    return file == null || !violations.isEmpty()
        ? new LLMReportFile.Result.Invalid(violations)
        : new LLMReportFile.Result.Parsed(file);
  }

  /** What every report has, whatever its schema says. */
  private void requireReport(ObjectNode output) {
    var fields = fields(output, "/output");
    var summary = fields.object("summary");
    if (summary != null) {
      summary.required("markdown", ANY_TEXT);
    }
    if (!output.has("details")) {
      violations.add(new Violation("/output/details", "is missing"));
    }
  }

  private static @Nullable LLMReportFile file(JsonFields metadata, ObjectNode output) {
    var subject = subject(metadata);
    var request = request(metadata);
    var claimId =
        metadata.required("claimId", JsonType.text(ClaimId::parse, "must be a lower-case UUID"));
    var createdAt =
        metadata.required("createdAt", JsonType.text(Rfc3339::parse, "must be an RFC 3339 time"));
    var inputs = inputs(metadata.object("inputs"));
    var answer = answer(metadata, metadata.object("llm"));
    return subject == null
            || request == null
            || claimId == null
            || createdAt == null
            || inputs == null
            || answer == null
        ? null
        : new LLMReportFile(subject, request, answer, inputs, claimId, createdAt, output);
  }

  private static @Nullable Subject subject(JsonFields metadata) {
    var runId = metadata.required("runId", JsonType.text(RunId::parse, RunId.RULE));
    var stepId = metadata.required("stepId", JsonType.text(StepId::parse, StepId.RULE));
    var flowKey = metadata.optional("flowKey", JsonType.TEXT);
    var symbol = metadata.required("symbol", JsonType.TEXT);
    var timeframe = metadata.required("timeframe", JsonType.text(Timeframe::parse, Timeframe.RULE));
    return runId == null || stepId == null || symbol == null || timeframe == null
        ? null
        : new Subject(new StepKey(runId, stepId), flowKey, symbol, timeframe);
  }

  private static @Nullable Request request(JsonFields metadata) {
    var promptId = metadata.required("promptId", JsonType.TEXT);
    var schemaId = metadata.required("schemaId", JsonType.TEXT);
    var schemaVersion = metadata.required("schemaVersion", SMALL_COUNT);
    var schemaSha256 = metadata.optional("schemaSha256", JsonType.TEXT);
    var modelName = metadata.required("modelName", JsonType.TEXT);
    var llmProfile = metadata.required("llmProfile", JsonType.OBJECT);
    return promptId == null
            || schemaId == null
            || schemaVersion == null
            || modelName == null
            || llmProfile == null
        ? null
        : new Request(
            promptId,
            new SchemaRef(schemaId, Math.toIntExact(schemaVersion), schemaSha256),
            modelName,
            DocumentJson.toMap(llmProfile));
  }

  private static @Nullable Inputs inputs(@Nullable JsonFields inputs) {
    if (inputs == null) {
      return null;
    }
    var ohlcv = inputs.required("ohlcv", URI);
    var chartsManifest = inputs.required("chartsManifest", URI);
    var charts = inputs.list("charts", URI);
    var previousReports = inputs.list("previousReports", URI);
    return ohlcv == null || chartsManifest == null
        ? null
        : new Inputs(ohlcv, chartsManifest, charts, previousReports);
  }

  private static @Nullable Answer answer(JsonFields metadata, @Nullable JsonFields llm) {
    if (llm == null) {
      return null;
    }
    var modelVersion = metadata.optional("modelVersion", JsonType.TEXT);
    var finishReason = llm.required("finishReason", JsonType.TEXT);
    var usage = llm.object("usage");
    var responseId = llm.optional("responseId", JsonType.TEXT);
    var attempts = attempts(llm.object("attempts"));
    return finishReason == null || usage == null || attempts == null
        ? null
        : new Answer(modelVersion, finishReason, usage(usage), responseId, attempts);
  }

  private static @Nullable Attempts attempts(@Nullable JsonFields attempts) {
    if (attempts == null) {
      return null;
    }
    var total = attempts.required("total", SMALL_COUNT);
    var repair = attempts.required("repair", SMALL_COUNT);
    return total == null || repair == null
        ? null
        : new Attempts(Math.toIntExact(total), Math.toIntExact(repair));
  }

  private static TokenUsage usage(JsonFields usage) {
    return new TokenUsage(
        count(usage, "promptTokens"),
        count(usage, "candidatesTokens"),
        count(usage, "thoughtsTokens"),
        count(usage, "cachedTokens"),
        count(usage, "totalTokens"));
  }

  private static long count(JsonFields usage, String name) {
    var count = usage.optional(name, COUNT);
    return count == null ? 0 : count;
  }

  private JsonFields fields(ObjectNode object, String pointer) {
    return new JsonFields(object, pointer, (at, rule) -> violations.add(new Violation(at, rule)));
  }
}
