package io.tda.worker.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.json.webtoken.JsonWebSignature;
import com.google.api.client.json.webtoken.JsonWebToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Issues tokens as Google does, and serves the key that they are verified with. */
public final class TokenIssuer implements AutoCloseable {
  /** The service that a token is for, if nothing else is said. */
  public static final String AUDIENCE = "https://executor.example/push";

  /** The account that it is from, if nothing else is said. */
  public static final String ACCOUNT = "push@example.iam.gserviceaccount.com";

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final KeyPair keys = newKeys();
  private final AtomicInteger fetches = new AtomicInteger();
  private final InstantSource clock;
  private final HttpServer server;

  /** Starts to serve the key. */
  public TokenIssuer(InstantSource clock) {
    this.clock = clock;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/certs", this::serveKey);
    server.start();
  }

  /** Where the key is, as a JSON Web Key Set. */
  public URI keys() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/certs");
  }

  /** How often the key was fetched. */
  int fetches() {
    return fetches.get();
  }

  /** A good token. */
  public String token() {
    return token(_ -> {});
  }

  /** One for another service. */
  public String tokenFor(String audience) {
    return token(it -> it.setAudience(audience));
  }

  /** One from another account. */
  public String tokenOf(String account) {
    return token(it -> it.set("email", account));
  }

  /** One that was good until now. */
  public String expired() {
    return token(it -> it.setExpirationTimeSeconds(clock.instant().getEpochSecond()));
  }

  /** One that claims to need no signature. */
  public String unsigned() {
    var claims = token().split("\\.", -1)[1];
    return BASE64.encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8)) + "." + claims + ".";
  }

  /** One with the name of our key and another's signature. */
  public String signedByAnother() {
    return sign(claims(), newKeys());
  }

  String token(Consumer<JsonWebToken.Payload> change) {
    var claims = claims();
    change.accept(claims);
    return sign(claims, keys);
  }

  private JsonWebToken.Payload claims() {
    return new JsonWebToken.Payload()
        .setIssuer("https://accounts.google.com")
        .setAudience(AUDIENCE)
        .setExpirationTimeSeconds(clock.instant().plus(Duration.ofHours(1)).getEpochSecond())
        .set("email", ACCOUNT)
        .set("email_verified", true);
  }

  private static String sign(JsonWebToken.Payload claims, KeyPair keys) {
    var header = new JsonWebSignature.Header().setAlgorithm("RS256").setKeyId("key-1");
    try {
      return JsonWebSignature.signUsingRsaSha256(
          keys.getPrivate(), GsonFactory.getDefaultInstance(), header, claims);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair newKeys() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void serveKey(HttpExchange exchange) throws IOException {
    fetches.incrementAndGet();
    var key = (RSAPublicKey) keys.getPublic();
    var json =
        "{\"keys\":[{\"kty\":\"RSA\",\"alg\":\"RS256\",\"use\":\"sig\",\"kid\":\"key-1\",\"n\":\"%s\",\"e\":\"%s\"}]}"
            .formatted(
                BASE64.encodeToString(key.getModulus().toByteArray()),
                BASE64.encodeToString(key.getPublicExponent().toByteArray()))
            .getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, json.length);
    exchange.getResponseBody().write(json);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
