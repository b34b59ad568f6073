package io.tda.worker.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.flow.TokenUsage;
import io.tda.worker.json.DocumentJson;
import io.tda.worker.json.StrictJson;
import io.tda.worker.local.console.SummaryText;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells a person, or a program, how a local execution ended. */
final class RunSummary {
  private RunSummary() {}

  /** One JSON object, on lines of its own. */
  static String json(LocalRunResult result) {
    var json = JsonNodeFactory.instance.objectNode();
    switch (result) {
      case LocalRunResult.NothingToDo nothing -> {
        json.put("status", "NOTHING_TO_DO").put("runId", nothing.run().value());
        json.put("reason", nothing.reason());
        cost(json, Map.of());
      }
      case LocalRunResult.Ended ended -> {
        json.put("status", status(ended.ending()));
        json.put("runId", ended.run().value()).put("stepId", ended.step().value());
        ending(json, ended.ending());
        cost(json, llm(ended));
      }
    }
    json.put("durationMs", result.duration().toMillis());
    json.set("eventCounts", DocumentJson.toJson(result.eventCounts()));
    return json.toPrettyString();
  }

  /** Some lines and the report's summary. */
  static void text(LocalRunResult result, SummaryText out) {
    switch (result) {
      case LocalRunResult.NothingToDo nothing -> {
        out.title("NOTHING TO DO", true);
        out.line("run", nothing.run().value());
        out.line("reason", nothing.reason());
      }
      case LocalRunResult.Ended ended -> {
        out.title(
            status(ended.ending()), ended.ending() instanceof LocalRunResult.Ending.Succeeded);
        out.line("run", ended.run().value());
        out.line("step", ended.step().value());
        switch (ended.ending()) {
          case LocalRunResult.Ending.Succeeded(var report, var file) -> {
            out.line("report", report.toString());
            out.line("file", file.toString());
            cost(out, ended);
            out.markdown(markdown(file));
          }
          case LocalRunResult.Ending.Failed failed -> {
            out.line("error", failed.code());
            out.line("message", failed.message());
            details(failed).forEach(detail -> out.line("", detail));
            cost(out, ended);
          }
        }
      }
    }
  }

  private static void cost(SummaryText out, LocalRunResult.Ended ended) {
    var llm = llm(ended);
    var reused =
        map(ended.execution().get("artifact")).get("reused") instanceof Boolean flag && flag;
    if (reused) {
      out.line("model", "not called: the report was there already");
    } else if (llm.get("modelName") instanceof String model) {
      var calls = map(llm.get("attempts")).get("total");
      var tokens = map(llm.get("usage")).get("totalTokens");
      out.line(
          "model", model + ", calls: " + calls + (tokens == null ? "" : ", tokens: " + tokens));
    }
    out.line("took", String.format(Locale.ROOT, "%.2f s", ended.duration().toMillis() / 1000.0));
  }

  private static void cost(ObjectNode json, Map<String, Object> llm) {
    json.set(
        "attempts",
        llm.containsKey("attempts")
            ? DocumentJson.toJson(llm.get("attempts"))
            : json.objectNode().put("total", 0).put("repair", 0));
    json.set("usage", DocumentJson.toJson(llm.getOrDefault("usage", TokenUsage.NONE.toMap())));
  }

  private static void ending(ObjectNode json, LocalRunResult.Ending ending) {
    switch (ending) {
      case LocalRunResult.Ending.Succeeded(var report, var file) ->
          json.put("reportUri", report.toString()).put("reportPath", file.toString());
      case LocalRunResult.Ending.Failed failed -> {
        json.put("errorCode", failed.code()).put("errorMessage", failed.message());
        if (!failed.details().isEmpty()) {
          json.set("errorDetails", DocumentJson.toJson(failed.details()));
        }
      }
    }
  }

  private static String status(LocalRunResult.Ending ending) {
    return switch (ending) {
      case LocalRunResult.Ending.Succeeded _ -> "SUCCEEDED";
      case LocalRunResult.Ending.Failed _ -> "FAILED";
    };
  }

  /** What the message does not say already. */
  private static List<String> details(LocalRunResult.Ending.Failed failed) {
    return failed.details().entrySet().stream()
        .flatMap(detail ->
            detail.getValue() instanceof List<?> list
                ? list.stream().map(String::valueOf)
                : Stream.of(detail.getKey() + " " + detail.getValue()))
        .filter(line -> !line.equals(failed.message()))
        .toList();
  }

  private static String markdown(Path report) {
    return StrictJson.parse(InputFiles.bytes(report)) instanceof StrictJson.Result.Parsed(var json)
        ? json.path("output").path("summary").path("markdown").asText("")
        : "";
  }

  private static Map<String, Object> llm(LocalRunResult.Ended ended) {
    return map(ended.execution().get("llm"));
  }

  @SuppressWarnings("unchecked") // the keys of a document's maps are strings
  private static Map<String, Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
