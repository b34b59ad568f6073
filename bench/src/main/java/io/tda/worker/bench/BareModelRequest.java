package io.tda.worker.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tda.worker.json.DocumentJson;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Objects;

/** A model request of the same size as the executor's, made once. */
final class BareModelRequest {
  private BareModelRequest() {}

  /** The request to the model that an executor with this environment would ask. */
  static HttpRequest to(Map<String, String> environment, ExampleDocuments example) {
    var model = environment.get("GEMINI_BASE_URL") + "/v1beta/models/gemini-2.5-pro";
    return HttpRequest.newBuilder(URI.create(model + ":generateContent"))
        .POST(BodyPublishers.ofByteArray(body(example)))
        .build();
  }

  private static byte[] body(ExampleDocuments example) {
    var request = JsonNodeFactory.instance.objectNode();
    var parts = request.putArray("contents").addObject().put("role", "user").putArray("parts");
    parts.addObject().put("text", new String(example.artifact(ExampleDocuments.CANDLES), UTF_8));
    for (var chart : ExampleDocuments.CHARTS) {
      parts
          .addObject()
          .putObject("inlineData")
          .put("mimeType", "image/png")
          .put("data", example.artifact(chart));
    }
    var schema = Objects.requireNonNull(example.schemas().get("llm_schema_4h_report_v1_0"));
    request
        .putObject("generationConfig")
        .put("responseMimeType", "application/json")
        .set(
            "responseJsonSchema",
            DocumentJson.toObject((Map<?, ?>) Objects.requireNonNull(schema.get("jsonSchema"))));
    return request.toString().getBytes(UTF_8);
  }
}
