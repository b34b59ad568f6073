package io.tda.worker.executor.adapter.firestore;

import io.tda.worker.llm.LLMPrompt;
import io.tda.worker.llm.LLMPromptParser;
import io.tda.worker.llm.PromptRepository;
import io.tda.worker.store.DocumentStore;
import java.time.InstantSource;

/** Prompts from {@code llm_prompts}. */
public final class FirestorePromptRepository implements PromptRepository {
  private final ImmutableDocuments<LLMPrompt> prompts;

  /**
   * @param collection {@code LLM_PROMPTS_COLLECTION}
   */
  public FirestorePromptRepository(DocumentStore store, String collection, InstantSource clock) {
    this.prompts = new ImmutableDocuments<>(store, collection, clock);
  }

  @Override
  public PromptRead find(String promptId) {
    var cached = prompts.cached(promptId);
    if (cached != null) {
      return new PromptRead.Found(cached, true);
    }
    return prompts
        .<PromptRead>read(
            promptId,
            data ->
                switch (LLMPromptParser.parse(promptId, data)) {
                  case LLMPromptParser.Result.Parsed(var prompt) -> {
                    prompts.keep(promptId, prompt);
                    yield new PromptRead.Found(prompt, false);
                  }
                  case LLMPromptParser.Result.Malformed(var violation) ->
                      new PromptRead.Malformed(violation);
                })
        .orElseGet(PromptRead.Missing::new);
  }
}
