package io.tda.worker.config;

import java.nio.file.Path;

/** Where answers come from. Only the modes that may call a model hold credentials for it. */
public sealed interface LLMMode {

  /** From the model. */
  record Real(GeminiAuthConfig auth) implements LLMMode {}

  /** From stored answers alone; nothing is called. */
  record Mock(Path fixtures) implements LLMMode {}

  /** From stored answers, and from the model where one is missing; that one is then stored. */
  record Recording(Path fixtures, GeminiAuthConfig auth) implements LLMMode {}

  /** The name in {@code LLM_MODE} and in logs. */
  default String label() {
    return switch (this) {
      case Real _ -> "real";
      case Mock _ -> "mock";
      case Recording _ -> "record";
    };
  }
}
