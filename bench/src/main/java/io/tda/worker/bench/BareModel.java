package io.tda.worker.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.genai.Client;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Part;
import io.tda.worker.executor.adapter.gemini.UndelayedSockets;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import okhttp3.OkHttpClient;

/** Asks the model by the SDK that the executor uses, for what it would ask: made once. */
final class BareModel implements AutoCloseable {
  private static final String NAME = "gemini-2.5-pro";
  private static final String SCHEMA = "llm_schema_4h_report_v1_0";

  private final Client client;
  private final Content request;
  private final GenerateContentConfig config;

  private BareModel(Client client, Content request, GenerateContentConfig config) {
    this.client = client;
    this.request = request;
    this.config = config;
  }

  /** The model that an executor with this environment would ask. */
  static BareModel of(Map<String, String> environment, ExampleDocuments example) {
    // Else the last part of a request waits up to 40 ms, here as there.
    var http = new OkHttpClient.Builder().socketFactory(new UndelayedSockets()).build();
    var client =
        Client.builder()
            .vertexAI(false)
            .apiKey(environment.get("GEMINI_API_KEY"))
            .httpOptions(HttpOptions.builder().baseUrl(environment.get("GEMINI_BASE_URL")).build())
            .clientOptions(ClientOptions.builder().customHttpClient(http).build())
            .build();
    var schema = Objects.requireNonNull(example.schemas().get(SCHEMA));
    var config =
        GenerateContentConfig.builder()
            .responseMimeType("application/json")
            .responseJsonSchema(Objects.requireNonNull(schema.get("jsonSchema")))
            .build();
    return new BareModel(client, request(example), config);
  }

  private static Content request(ExampleDocuments example) {
    var parts = new ArrayList<Part>();
    parts.add(Part.fromText(new String(example.artifact(ExampleDocuments.CANDLES), UTF_8)));
    for (var chart : ExampleDocuments.CHARTS) {
      parts.add(Part.fromBytes(example.artifact(chart), "image/png"));
    }
    return Content.builder().role("user").parts(parts).build();
  }

  /** Asks, and waits for the answer. */
  void ask() {
    var _ = client.models.generateContent(NAME, request, config);
  }

  @Override
  public void close() {
    client.close();
  }
}
