package io.tda.worker.executor.adapter.gemini;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.genai.Client;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpResponse;
import com.google.genai.types.HttpRetryOptions;
import io.tda.worker.config.GeminiAuthConfig;
import io.tda.worker.config.GeminiAuthConfig.AiStudio;
import io.tda.worker.config.GeminiAuthConfig.Vertex;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.llm.LLMClient;
import io.tda.worker.llm.LLMRequest;
import io.tda.worker.llm.LLMResponse;
import io.tda.worker.time.Cancellation;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The model client on Google's GenAI SDK. The SDK writes the request and authenticates it;
 * deadline, cancellation, size of the answer and the number of requests are kept here. Build it on
 * a platform thread, and close it when no more calls are to be made.
 */
public final class GeminiClientAdapter implements LLMClient, AutoCloseable {
  private static final String AI_STUDIO = "https://generativelanguage.googleapis.com";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  // Behind each call's own deadline: no push delivery lasts longer.
  private static final Duration CALL_TIMEOUT = Duration.ofMinutes(10);

  private final OkHttpClient http;
  private final Client client;

  private GeminiClientAdapter(OkHttpClient http, Client client) {
    this.http = http;
    this.client = client;
  }

  /**
   * A client of the model API.
   *
   * @param baseUrl for tests and proxies; null for Google's own address
   * @throws StepException {@code LLM_AUTH_FAILED} where the environment has no default credentials
   */
  public static GeminiClientAdapter open(GeminiAuthConfig auth, @Nullable URI baseUrl) {
    return switch (auth) {
      case AiStudio(var key) -> {
        var client = Client.builder().vertexAI(false).apiKey(key.exposeSecretToGeminiClient());
        yield open(client, baseUrl == null ? AI_STUDIO : baseUrl.toString());
      }
      case Vertex vertex -> open(vertex, defaultCredentials(), baseUrl);
    };
  }

  static GeminiClientAdapter open(
      Vertex vertex, GoogleCredentials credentials, @Nullable URI baseUrl) {
    var client =
        Client.builder()
            .vertexAI(true)
            .project(vertex.project())
            .location(vertex.location())
            .credentials(credentials);
    return open(client, baseUrl == null ? vertexUrl(vertex.location()) : baseUrl.toString());
  }

  /** The address of Vertex AI for a region, a multi-region, or {@code global}. */
  static String vertexUrl(String location) {
    return switch (location) {
      case "global" -> "https://aiplatform.googleapis.com";
      case "us", "eu" -> "https://aiplatform." + location + ".rep.googleapis.com";
      default -> "https://" + location + "-aiplatform.googleapis.com";
    };
  }

  // Mode, key and address are all set: for each one left out the SDK looks into the environment.
  private static GeminiClientAdapter open(Client.Builder client, String baseUrl) {
    var http = httpClient();
    var retries = HttpRetryOptions.builder().attempts(1).httpStatusCodes(List.of()).build();
    client
        .httpOptions(HttpOptions.builder().baseUrl(baseUrl).retryOptions(retries).build())
        .clientOptions(ClientOptions.builder().customHttpClient(http).build());
    return new GeminiClientAdapter(http, client.build());
  }

  private static OkHttpClient httpClient() {
    return new OkHttpClient.Builder()
        .socketFactory(new UndelayedSockets())
        .retryOnConnectionFailure(false)
        // A redirect to another host would take the key along.
        .followRedirects(false)
        .followSslRedirects(false)
        .connectTimeout(CONNECT_TIMEOUT)
        .readTimeout(Duration.ZERO)
        .writeTimeout(Duration.ZERO)
        .callTimeout(CALL_TIMEOUT)
        .addInterceptor(new GeminiWire())
        .build();
  }

  private static GoogleCredentials defaultCredentials() {
    try {
      return GoogleCredentials.getApplicationDefault()
          .createScoped("https://www.googleapis.com/auth/cloud-platform");
    } catch (IOException e) {
      throw new StepException(
          StepError.of(ErrorCode.LLM_AUTH_FAILED, "no application default credentials"),
          FaultTrace.of(e));
    }
  }

  @Override
  public LLMResponse generate(LLMRequest request, Duration deadline, Cancellation cancellation) {
    var call = GeminiCall.of(request, deadline);
    var exchange = new GeminiExchange();
    try (var _ = cancellation.onCancel(exchange::cancel)) {
      return exchange.await(deadline, () -> send(call));
    }
  }

  private LLMResponse send(GeminiCall call) {
    var answer = client.models.generateContent(call.model(), call.contents(), call.config());
    var body = answer.sdkHttpResponse().flatMap(HttpResponse::body).orElse("");
    return switch (GeminiAnswerParser.parse(body)) {
      case GeminiAnswerParser.Result.Parsed(var response) -> response;
      case GeminiAnswerParser.Result.Malformed(var reason) -> throw GeminiErrors.malformed(reason);
    };
  }

  /** Ends the calls that are under way and gives the connections back. */
  @Override
  public void close() {
    http.dispatcher().cancelAll();
    client.close();
  }
}
