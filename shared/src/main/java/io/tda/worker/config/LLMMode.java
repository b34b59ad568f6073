package io.tda.worker.config;

import io.tda.worker.log.SecretMask;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Where answers come from. Only the modes that may call a model hold credentials for it. */
public sealed interface LLMMode {

  /** From the model. */
  record Real(GeminiAuthConfig auth) implements LLMMode {}

  /** From stored answers alone; nothing is called. */
  record Mock(Path fixtures) implements LLMMode {}

  /** From stored answers, and from the model where one is missing; that one is then stored. */
  record Recording(Path fixtures, GeminiAuthConfig auth) implements LLMMode {}

  /** Covers the credentials, wherever they might show. */
  default SecretMask secrets() {
    return switch (this) {
      case Real(var auth) -> auth.secrets();
      case Recording(_, var auth) -> auth.secrets();
      case Mock _ -> new SecretMask(Set.of());
    };
  }

  /** How calls are authorized, for documents and logs; where none are made, the mode. */
  default String authMode() {
    return switch (this) {
      case Real(var auth) -> auth.mode();
      case Recording(_, var auth) -> auth.mode();
      case Mock _ -> label();
    };
  }

  /** Names the key in use, for logs. */
  default Optional<String> keyId() {
    return switch (this) {
      case Real(var auth) -> auth.keyId();
      case Recording(_, var auth) -> auth.keyId();
      case Mock _ -> Optional.empty();
    };
  }

  /** The name in {@code LLM_MODE} and in logs. */
  default String label() {
    return switch (this) {
      case Real _ -> "real";
      case Mock _ -> "mock";
      case Recording _ -> "record";
    };
  }
}
