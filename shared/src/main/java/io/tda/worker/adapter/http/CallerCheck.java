package io.tda.worker.adapter.http;

import io.tda.worker.config.PushAuth;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Decides who may call. */
@FunctionalInterface
public interface CallerCheck {
  /** Leaves it to the platform, which has let the request through. */
  CallerCheck NONE = _ -> new Verdict.Allowed();

  /** The check that the settings ask for. */
  static CallerCheck of(PushAuth auth) {
    return switch (auth) {
      case PushAuth.None() -> NONE;
      case PushAuth.Oidc oidc -> OidcCallerCheck.of(oidc, InstantSource.system());
    };
  }

  /**
   * Judges a caller.
   *
   * @param authorization the header; null where there is none
   */
  Verdict check(@Nullable String authorization);

  /** What becomes of the call. */
  sealed interface Verdict {

    /** It may go on. */
    record Allowed() implements Verdict {}

    /** There is no token, or none that holds. */
    record Unauthorized() implements Verdict {}

    /** The token holds, but not for this service or this caller. */
    record Forbidden() implements Verdict {}

    /** It cannot be told now. */
    record Unknown() implements Verdict {}
  }
}
