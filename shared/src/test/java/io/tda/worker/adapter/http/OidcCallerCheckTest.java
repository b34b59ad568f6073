package io.tda.worker.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.config.PushAuth;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OidcCallerCheckTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final TokenIssuer issuer = new TokenIssuer(() -> NOW);
  private final OidcCallerCheck check =
      OidcCallerCheck.of(
          new PushAuth.Oidc(TokenIssuer.AUDIENCE, Set.of(TokenIssuer.ACCOUNT), issuer.keys()),
          () -> NOW);

  @AfterEach
  void stop() {
    issuer.close();
  }

  @Test
  void check_allows_whenAllIsRight() {
    assertThat(check.check("Bearer " + issuer.token()))
        .isInstanceOf(CallerCheck.Verdict.Allowed.class);
    assertThat(check.check("bearer " + issuer.token()))
        .isInstanceOf(CallerCheck.Verdict.Allowed.class);
  }

  @Test
  void check_fetchesTheKeysOnce() {
    for (int i = 0; i < 3; i++) {
      check.check("Bearer " + issuer.token());
    }
    assertThat(issuer.fetches()).isEqualTo(1);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Bearer a.b.c",
        "Bearer ..",
        "Basic YTpi",
        "Bearer e30.e30.e30"
      })
  void check_isUnauthorized_withoutAToken(String header) {
    assertThat(check.check(header)).isInstanceOf(CallerCheck.Verdict.Unauthorized.class);
  }

  @Test
  void check_isUnauthorized_whenSomebodyElseSigned() {
    assertUnauthorized(issuer.signedByAnother());
  }

  @Test
  void check_isUnauthorized_whenTheClaimsWereChanged() {
    var parts = issuer.token().split("\\.", -1);
    var claims =
        new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("push@", "evil@");
    assertUnauthorized(
        parts[0] + "." + BASE64.encodeToString(claims.getBytes(UTF_8)) + "." + parts[2]);
  }

  @Test
  void check_isUnauthorized_whenNobodySigned() {
    assertUnauthorized(issuer.unsigned());
  }

  @Test
  void check_isUnauthorized_whenTheTokenIsExpiredOrNeverExpires() {
    assertUnauthorized(issuer.expired());
    assertUnauthorized(issuer.token(it -> it.setExpirationTimeSeconds(null)));
  }

  @Test
  void check_isUnauthorized_whenAnotherIssuedIt() {
    assertUnauthorized(issuer.token(it -> it.setIssuer("https://accounts.example")));
    assertUnauthorized(issuer.token(it -> it.setIssuer(null)));
  }

  @Test
  void check_isForbidden_whenTheTokenIsForAnotherService() {
    assertForbidden(issuer.tokenFor("https://dispatcher.example"));
    assertForbidden(issuer.token(it -> it.setAudience(null)));
  }

  @Test
  void check_isForbidden_whenTheCallerIsNotOneOfOurs() {
    assertForbidden(issuer.tokenOf("other@example.iam.gserviceaccount.com"));
    assertForbidden(issuer.token(it -> it.set("email", null)));
  }

  @Test
  void check_isForbidden_whenTheAddressIsNotVerified() {
    assertForbidden(issuer.token(it -> it.set("email_verified", false)));
    assertForbidden(issuer.token(it -> it.set("email_verified", null)));
    assertForbidden(issuer.token(it -> it.set("email_verified", "true")));
  }

  @Test
  void check_doesNotKnow_whenTheKeysCannotBeFetched() {
    issuer.close();
    assertThat(check.check("Bearer " + issuer.token()))
        .isInstanceOf(CallerCheck.Verdict.Unknown.class);
  }

  private void assertUnauthorized(String token) {
    assertThat(check.check("Bearer " + token)).isInstanceOf(CallerCheck.Verdict.Unauthorized.class);
  }

  private void assertForbidden(String token) {
    assertThat(check.check("Bearer " + token)).isInstanceOf(CallerCheck.Verdict.Forbidden.class);
  }
}
