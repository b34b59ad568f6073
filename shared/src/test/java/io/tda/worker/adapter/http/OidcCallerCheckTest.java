package io.tda.worker.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.json.webtoken.JsonWebSignature;
import com.google.api.client.json.webtoken.JsonWebToken;
import com.sun.net.httpserver.HttpServer;
import io.tda.worker.config.PushAuth;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OidcCallerCheckTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String AUDIENCE = "https://executor.example/push";
  private static final String ACCOUNT = "push@example.iam.gserviceaccount.com";
  private static final KeyPair KEYS = keys();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final AtomicInteger fetches = new AtomicInteger();
  private final HttpServer keyServer = keyServer();
  private final OidcCallerCheck check =
      check(URI.create("http://127.0.0.1:" + keyServer.getAddress().getPort() + "/certs"));

  @AfterEach
  void stop() {
    keyServer.stop(0);
  }

  @Test
  void check_allows_whenAllIsRight() {
    assertThat(check.check("Bearer " + token(_ -> {})))
        .isInstanceOf(CallerCheck.Verdict.Allowed.class);
    assertThat(check.check("bearer " + token(_ -> {})))
        .isInstanceOf(CallerCheck.Verdict.Allowed.class);
  }

  @Test
  void check_fetchesTheKeysOnce() {
    for (int i = 0; i < 3; i++) {
      check.check("Bearer " + token(_ -> {}));
    }
    assertThat(fetches).hasValue(1);
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
    assertUnauthorized(sign(payload(), keys()));
  }

  @Test
  void check_isUnauthorized_whenTheClaimsWereChanged() {
    var parts = token(_ -> {}).split("\\.", -1);
    var claims =
        new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("push@", "evil@");
    assertUnauthorized(
        parts[0] + "." + BASE64.encodeToString(claims.getBytes(UTF_8)) + "." + parts[2]);
  }

  @Test
  void check_isUnauthorized_whenNobodySigned() {
    var parts = token(_ -> {}).split("\\.", -1);
    assertUnauthorized(
        BASE64.encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8)) + "." + parts[1] + ".");
  }

  @Test
  void check_isUnauthorized_whenTheTokenIsExpiredOrNeverExpires() {
    assertUnauthorized(token(it -> it.setExpirationTimeSeconds(NOW.getEpochSecond())));
    assertUnauthorized(token(it -> it.setExpirationTimeSeconds(null)));
  }

  @Test
  void check_isUnauthorized_whenAnotherIssuedIt() {
    assertUnauthorized(token(it -> it.setIssuer("https://accounts.example")));
    assertUnauthorized(token(it -> it.setIssuer(null)));
  }

  @Test
  void check_isForbidden_whenTheTokenIsForAnotherService() {
    assertForbidden(token(it -> it.setAudience("https://dispatcher.example")));
    assertForbidden(token(it -> it.setAudience(null)));
  }

  @Test
  void check_isForbidden_whenTheCallerIsNotOneOfOurs() {
    assertForbidden(token(it -> it.set("email", "other@example.iam.gserviceaccount.com")));
    assertForbidden(token(it -> it.set("email", null)));
  }

  @Test
  void check_isForbidden_whenTheAddressIsNotVerified() {
    assertForbidden(token(it -> it.set("email_verified", false)));
    assertForbidden(token(it -> it.set("email_verified", null)));
    assertForbidden(token(it -> it.set("email_verified", "true")));
  }

  @Test
  void check_doesNotKnow_whenTheKeysCannotBeFetched() {
    keyServer.stop(0);
    assertThat(check.check("Bearer " + token(_ -> {})))
        .isInstanceOf(CallerCheck.Verdict.Unknown.class);
  }

  private void assertUnauthorized(String token) {
    assertThat(check.check("Bearer " + token)).isInstanceOf(CallerCheck.Verdict.Unauthorized.class);
  }

  private void assertForbidden(String token) {
    assertThat(check.check("Bearer " + token)).isInstanceOf(CallerCheck.Verdict.Forbidden.class);
  }

  private static OidcCallerCheck check(URI keys) {
    return OidcCallerCheck.of(new PushAuth.Oidc(AUDIENCE, Set.of(ACCOUNT)), keys, () -> NOW);
  }

  private static String token(Consumer<JsonWebToken.Payload> change) {
    var payload = payload();
    change.accept(payload);
    return sign(payload, KEYS);
  }

  private static JsonWebToken.Payload payload() {
    return new JsonWebToken.Payload()
        .setIssuer("https://accounts.google.com")
        .setAudience(AUDIENCE)
        .setExpirationTimeSeconds(NOW.plus(Duration.ofHours(1)).getEpochSecond())
        .set("email", ACCOUNT)
        .set("email_verified", true);
  }

  private static String sign(JsonWebToken.Payload payload, KeyPair keys) {
    var header = new JsonWebSignature.Header().setAlgorithm("RS256").setKeyId("key-1");
    try {
      return JsonWebSignature.signUsingRsaSha256(
          keys.getPrivate(), GsonFactory.getDefaultInstance(), header, payload);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keys() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpServer keyServer() {
    var key = (RSAPublicKey) KEYS.getPublic();
    var json =
        "{\"keys\":[{\"kty\":\"RSA\",\"alg\":\"RS256\",\"use\":\"sig\",\"kid\":\"key-1\",\"n\":\"%s\",\"e\":\"%s\"}]}"
            .formatted(
                BASE64.encodeToString(key.getModulus().toByteArray()),
                BASE64.encodeToString(key.getPublicExponent().toByteArray()))
            .getBytes(UTF_8);
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/certs",
          exchange -> {
            fetches.incrementAndGet();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, json.length);
            exchange.getResponseBody().write(json);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
