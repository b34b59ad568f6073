package io.tda.worker.adapter.http;

import com.google.api.client.json.webtoken.JsonWebToken;
import com.google.auth.oauth2.TokenVerifier;
import com.google.auth.oauth2.TokenVerifier.VerificationException;
import io.tda.worker.config.PushAuth;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the bearer token that Pub/Sub, Eventarc and Cloud Scheduler send: signed by Google, not
 * expired, for this service, from an account that may call it. Google's keys are kept for an hour.
 *
 * <p>Says nothing of why a token does not hold: whoever has a good one does not need to know.
 */
final class OidcCallerCheck implements CallerCheck {
  private static final String ISSUER = "https://accounts.google.com";
  private static final Pattern BEARER = Pattern.compile("(?i:bearer) +(\\S+)");

  private final PushAuth.Oidc accepted;
  private final TokenVerifier verifier;

  private OidcCallerCheck(PushAuth.Oidc accepted, TokenVerifier verifier) {
    this.accepted = accepted;
    this.verifier = verifier;
  }

  /** A check that fetches the keys when they are first needed. */
  static OidcCallerCheck of(PushAuth.Oidc accepted, InstantSource clock) {
    return new OidcCallerCheck(
        accepted,
        TokenVerifier.newBuilder()
            // For every algorithm: else the token could choose between two sets of keys.
            .setCertificatesLocation(accepted.keys().toString())
            .setClock(clock::millis)
            .build());
  }

  @Override
  public Verdict check(@Nullable String authorization) {
    var bearer = BEARER.matcher(authorization == null ? "" : authorization);
    if (!bearer.matches()) {
      return new Verdict.Unauthorized();
    }
    try {
      return judge(verifier.verify(bearer.group(1)).getPayload());
    } catch (VerificationException e) {
      return isKeyTrouble(e) ? new Verdict.Unknown() : new Verdict.Unauthorized();
    } catch (RuntimeException _) { // the parser's answer to what is no token
      return new Verdict.Unauthorized();
    }
  }

  private Verdict judge(JsonWebToken.Payload claims) {
    // Without an end, the verifier would take it for ever.
    if (claims.getExpirationTimeSeconds() == null || !ISSUER.equals(claims.getIssuer())) {
      return new Verdict.Unauthorized();
    }
    var known =
        accepted.audience().equals(claims.getAudience())
            && Boolean.TRUE.equals(claims.get("email_verified"))
            && claims.get("email") instanceof String email
            && accepted.accounts().contains(email);
    return known ? new Verdict.Allowed() : new Verdict.Forbidden();
  }

  /** The keys could not be fetched: that says nothing about the token. */
  private static boolean isKeyTrouble(VerificationException e) {
    return e.getCause() instanceof ExecutionException
        || e.getCause() instanceof com.google.common.util.concurrent.UncheckedExecutionException;
  }
}
