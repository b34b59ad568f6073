package io.tda.worker.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A key of the Gemini API, which shows itself to nobody by accident: not as text, not as JSON, not
 * by equality or hash.
 */
public final class GeminiApiKey implements JsonSerializable {
  /** The id of a key that was given without one. */
  public static final String DEFAULT_ID = "default";

  // Shorter than any real key: a key in the id's place is refused, not shown.
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,32}");
  // Anything else would come back in the text of an exception of the HTTP client.
  private static final Pattern SECRET = Pattern.compile("[!-~]{1,1024}");

  /** What an id has to be, for messages. */
  static final String ID_RULE = "1 to 32 characters of A-Z a-z 0-9 . _ -";

  /** What a key has to be, for messages. */
  static final String RULE = "1 to 1024 printable ASCII characters without white space";

  private final String id;
  private final transient String secret; // transient: field-based serializers leave it out

  private GeminiApiKey(String id, String secret) {
    this.id = id;
    this.secret = secret;
  }

  /** The key, without white space around it; empty where id or key break their rules. */
  public static Optional<GeminiApiKey> parse(String id, String text) {
    var secret = EnvReader.trim(text);
    return isId(id) && SECRET.matcher(secret).matches()
        ? Optional.of(new GeminiApiKey(id, secret))
        : Optional.empty();
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** Names the key; may be logged. */
  public String id() {
    return id;
  }

  /** The secret itself: for the client that sends it, and for nobody else. */
  public String exposeSecretToGeminiClient() {
    return secret;
  }

  /** The text with every occurrence of the secret replaced. */
  public String mask(String text) {
    return text.replace(secret, "****");
  }

  @Override
  public String toString() {
    return "GeminiApiKey[id=" + id + ", ****]";
  }

  /** Refuses. */
  @Override
  public void serialize(JsonGenerator json, SerializerProvider serializers) {
    throw new IllegalStateException("a key is never written");
  }

  /** Refuses. */
  @Override
  public void serializeWithType(
      JsonGenerator json, SerializerProvider serializers, TypeSerializer type) {
    throw new IllegalStateException("a key is never written");
  }
}
