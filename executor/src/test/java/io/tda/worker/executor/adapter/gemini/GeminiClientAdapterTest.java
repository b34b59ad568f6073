package io.tda.worker.executor.adapter.gemini;

import io.tda.worker.executor.adapter.gemini.StubGeminiServer.Reply;
import io.tda.worker.llm.LLMClient;
import io.tda.worker.llm.LLMClientContract;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** The adapter keeps the port's contract. */
final class GeminiClientAdapterTest extends LLMClientContract {
  private final GeminiFixture gemini = new GeminiFixture();

  @AfterEach
  void close() {
    gemini.close();
  }

  @Override
  protected LLMClient answering(String answer) {
    var json = strict(answer);
    gemini.server().replying(Reply.json(GeminiFixture.status(json), json));
    return gemini.client();
  }

  @Override
  protected Optional<Silent> silent() {
    gemini.server().otherwise(_ -> new Reply.Stall());
    return Optional.of(new Silent(gemini.client(), gemini.server()::awaitRequest));
  }
}
