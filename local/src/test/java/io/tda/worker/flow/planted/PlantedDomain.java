package io.tda.worker.flow.planted;

import com.google.genai.Client;
import io.tda.worker.adapter.memory.InMemoryDocumentStore;
import io.tda.worker.config.GeminiApiKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** All that the domain must not do; not even final. */
class PlantedDomain {
  @Nullable Client technology;
  @Nullable InMemoryDocumentStore adapter;

  @SuppressWarnings({"JavaInstantGetSecondsGetNano", "TimeZoneUsage"})
  String everything(GeminiApiKey key) {
    return System.getenv("HOME") + Instant.now() + key.exposeSecretToGeminiClient();
  }
}
