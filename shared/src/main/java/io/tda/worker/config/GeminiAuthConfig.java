package io.tda.worker.config;

import io.tda.worker.log.SecretMask;
import java.util.Optional;
import java.util.Set;

/** How the executor proves to the Gemini API who it is. */
public sealed interface GeminiAuthConfig {

  /** By a key of AI Studio. */
  record AiStudio(GeminiApiKey key) implements GeminiAuthConfig {}

  /** By the service account it runs as, on Vertex AI; there is no key. */
  record Vertex(String project, String location) implements GeminiAuthConfig {}

  /** The name in {@code GEMINI_AUTH_MODE}, documents and logs. */
  default String mode() {
    return switch (this) {
      case AiStudio _ -> "ai_studio_api_key";
      case Vertex _ -> "vertex_adc";
    };
  }

  /** Names the key, for logs. */
  default Optional<String> keyId() {
    return switch (this) {
      case AiStudio(var key) -> Optional.of(key.id());
      case Vertex _ -> Optional.empty();
    };
  }

  /** Covers the key, wherever it might show. */
  default SecretMask secrets() {
    return switch (this) {
      case AiStudio(var key) -> new SecretMask(Set.of(key.exposeSecretToGeminiClient()));
      case Vertex _ -> new SecretMask(Set.of());
    };
  }
}
