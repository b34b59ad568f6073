package io.tda.worker.llm;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the provider's finish reasons mean to us. The set is open: a new name is no fault. */
final class FinishReasons {
  private static final Set<String> SAFETY =
      Set.of("SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY");

  /** A name can come from anywhere along the way; only what looks like one is passed on. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,64}");

  private FinishReasons() {}

  static boolean isSafety(@Nullable String reason) {
    return reason != null && SAFETY.contains(reason);
  }

  /** Whether the answer was cut off where its token limit is. */
  static boolean isTokenLimit(@Nullable String reason) {
    return "MAX_TOKENS".equals(reason);
  }

  /** The name in a form that may be stored and logged. */
  static String safe(String reason) {
    return NAME.matcher(reason).matches() ? reason : "UNRECOGNIZED";
  }
}
