package io.tda.worker.executor.adapter.gemini;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tda.worker.config.GeminiApiKey;
import io.tda.worker.config.GeminiAuthConfig;
import io.tda.worker.executor.adapter.gemini.StubGeminiServer.Reply;
import io.tda.worker.flow.StepException;
import io.tda.worker.llm.LLMRequest;
import io.tda.worker.llm.LLMRequests;
import io.tda.worker.llm.LLMResponse;
import io.tda.worker.time.Cancellation;
import java.net.URI;
import java.time.Duration;

/** An adapter and the server that it talks to. */
final class GeminiFixture implements AutoCloseable {
  static final String KEY_CANARY = "CANARY-SECRET-0001";
  static final Duration AMPLE = Duration.ofSeconds(20);

  private final StubGeminiServer server = StubGeminiServer.start();
  private final GeminiClientAdapter client = client(server.baseUrl());

  /** An adapter with the canary for a key. */
  static GeminiClientAdapter client(String baseUrl) {
    var key = GeminiApiKey.parse("test", KEY_CANARY).orElseThrow();
    return GeminiClientAdapter.open(new GeminiAuthConfig.AiStudio(key), URI.create(baseUrl));
  }

  StubGeminiServer server() {
    return server;
  }

  GeminiClientAdapter client() {
    return client;
  }

  /** What {@link LLMRequests#minimal} is answered with. */
  LLMResponse answer(Reply reply) {
    server.replying(reply);
    return generate(LLMRequests.minimal());
  }

  LLMResponse generate(LLMRequest request) {
    return client.generate(request, AMPLE, new Cancellation());
  }

  /** How the call fails that is treated like this. */
  StepException failure(Reply reply) {
    return failure(reply, AMPLE);
  }

  StepException failure(Reply reply, Duration deadline) {
    server.replying(reply);
    return failure(LLMRequests.minimal(), deadline);
  }

  StepException failure(LLMRequest request, Duration deadline) {
    return assertThatExceptionOfType(StepException.class)
        .isThrownBy(() -> client.generate(request, deadline, new Cancellation()))
        .actual();
  }

  /** The HTTP status that goes with an answer's body. */
  static int status(String body) {
    return LLMRequests.exactJson(body).path("error").path("code").asInt(200);
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
