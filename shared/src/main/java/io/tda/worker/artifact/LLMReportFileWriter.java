package io.tda.worker.artifact;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.json.CanonicalJson;
import io.tda.worker.json.DocumentJson;
import io.tda.worker.time.Rfc3339;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives a report its JSON form, with its fields always in the same order. */
final class LLMReportFileWriter {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private LLMReportFileWriter() {}

  static ObjectNode json(LLMReportFile file) {
    var json = NODES.objectNode();
    json.set("metadata", metadata(file));
    json.set("output", file.output());
    return json;
  }

  private static ObjectNode metadata(LLMReportFile file) {
    var subject = file.subject();
    var request = file.request();
    var json = NODES.objectNode();
    json.put("schemaVersion", request.schema().version());
    json.put("runId", subject.step().runId().value());
    json.put("stepId", subject.step().stepId().value());
    putIfPresent(json, "flowKey", subject.flowKey());
    json.put("symbol", subject.symbol());
    json.put("timeframe", subject.timeframe().value());
    json.put("promptId", request.promptId());
    json.put("schemaId", request.schema().id());
    putIfPresent(json, "schemaSha256", request.schema().sha256());
    json.put("modelName", request.modelName());
    putIfPresent(json, "modelVersion", file.answer().modelVersion());
    json.put("createdAt", Rfc3339.format(file.createdAt()));
    json.put("claimId", file.claimId().value());
    json.set("inputs", inputs(file.inputs()));
    json.set("llm", llm(file.answer()));
    // A database returns the keys of a map in any order.
    json.set("llmProfile", CanonicalJson.sorted(DocumentJson.toObject(request.llmProfile())));
    return json;
  }

  private static ObjectNode inputs(LLMReportFile.Inputs inputs) {
    var json = NODES.objectNode();
    json.put("ohlcv", inputs.ohlcv().toString());
    json.put("chartsManifest", inputs.chartsManifest().toString());
    putAll(json, "charts", inputs.charts());
    putAll(json, "previousReports", inputs.previousReports());
    return json;
  }

  private static ObjectNode llm(LLMReportFile.Answer answer) {
    var json = NODES.objectNode();
    json.put("finishReason", answer.finishReason());
    json.set("usage", DocumentJson.toObject(answer.usage().toMap()));
    putIfPresent(json, "responseId", answer.responseId());
    json.putObject("attempts")
        .put("total", answer.attempts().total())
        .put("repair", answer.attempts().repair());
    return json;
  }

  private static void putAll(ObjectNode json, String name, List<GcsUri> uris) {
    var array = json.putArray(name);
    uris.forEach(uri -> array.add(uri.toString()));
  }

  private static void putIfPresent(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
