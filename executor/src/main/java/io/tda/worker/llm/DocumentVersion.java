package io.tda.worker.llm;

import org.jspecify.annotations.Nullable;

/** The {@code schemaVersion} that the documents of prompts and schemas carry. */
final class DocumentVersion {
  static final String RULE = "must be 1";

  private DocumentVersion() {}

  /** Whether this is the one version there is; written as a whole number or as {@code 1.0}. */
  static boolean isOne(@Nullable Object value) {
    return switch (value) {
      case Long number -> number == 1;
      case Integer number -> number == 1;
      case Double number -> number == 1.0;
      case null, default -> false;
    };
  }
}
