package io.tda.worker.config;

import static io.tda.worker.config.GeminiVariables.GEMINI_API_KEY;
import static io.tda.worker.config.GeminiVariables.GEMINI_API_KEYS_JSON;
import static io.tda.worker.config.GeminiVariables.GEMINI_API_KEY_ID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tda.worker.json.StrictJson;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the key that is used. Every key that is given is checked, so that a broken one does not
 * wait for its rotation; ids and keys are never quoted, as one may stand in the other's place.
 */
final class GeminiKeys {
  static final String RULE =
      "a JSON array of {\"id\", \"apiKey\"}, each id given once and of " + GeminiApiKey.ID_RULE;

  private final EnvReader env;
  private final Map<String, GeminiApiKey> keys = new HashMap<>();
  private boolean sound = true;

  private GeminiKeys(EnvReader env) {
    this.env = env;
  }

  /** The key; empty where a problem was reported instead. */
  static Optional<GeminiApiKey> check(EnvReader env) {
    if (env.isGiven(GEMINI_API_KEY)) {
      env.warnIgnored("GEMINI_API_KEY is set", GEMINI_API_KEYS_JSON, GEMINI_API_KEY_ID);
      return onlyKey(env);
    }
    if (env.isGiven(GEMINI_API_KEYS_JSON) || env.isGiven(GEMINI_API_KEY_ID)) {
      env.require(GEMINI_API_KEYS_JSON, "with GEMINI_API_KEY_ID");
      env.require(GEMINI_API_KEY_ID, "with GEMINI_API_KEYS_JSON");
      var keys = new GeminiKeys(env);
      env.find(GEMINI_API_KEYS_JSON).ifPresent(keys::readAll);
      return env.find(GEMINI_API_KEY_ID).flatMap(keys::select);
    }
    env.refuse(
        GEMINI_API_KEY,
        "is required, or GEMINI_API_KEYS_JSON and GEMINI_API_KEY_ID, or GEMINI_AUTH_MODE=vertex_adc");
    return Optional.empty();
  }

  private static Optional<GeminiApiKey> onlyKey(EnvReader env) {
    var key = GeminiApiKey.parse(GeminiApiKey.DEFAULT_ID, env.get(GEMINI_API_KEY));
    if (key.isEmpty()) {
      env.refuse(GEMINI_API_KEY, "must be " + GeminiApiKey.RULE);
    }
    return key;
  }

  private void readAll(String json) {
    switch (StrictJson.parse(json)) {
      case StrictJson.Result.Malformed(var reason) -> refuse("must be JSON; " + reason);
      case StrictJson.Result.Parsed(ArrayNode array) when !array.isEmpty() -> {
        for (int i = 0; i < array.size(); i++) {
          read("element " + (i + 1) + ": ", array.get(i));
        }
      }
      case StrictJson.Result.Parsed _ -> refuse("must be " + RULE + "; not empty");
    }
  }

  private void read(String place, JsonNode element) {
    var id = element.path("id").asText("");
    if (!element.path("id").isTextual() || !GeminiApiKey.isId(id)) {
      refuse(place + "id must be " + GeminiApiKey.ID_RULE);
      return;
    }
    var key = GeminiApiKey.parse(id, element.path("apiKey").asText(""));
    if (!element.path("apiKey").isTextual() || key.isEmpty()) {
      refuse(place + "apiKey must be " + GeminiApiKey.RULE);
    } else if (id.equals(key.get().exposeSecretToGeminiClient())) {
      refuse(place + "id must differ from apiKey"); // an id is shown in logs
    } else if (keys.put(id, key.get()) != null) {
      refuse(place + "id is given twice");
    }
  }

  private void refuse(String rule) {
    sound = false;
    env.refuse(GEMINI_API_KEYS_JSON, rule);
  }

  private Optional<GeminiApiKey> select(String id) {
    if (!GeminiApiKey.isId(id)) {
      env.refuse(GEMINI_API_KEY_ID, "must be " + GeminiApiKey.ID_RULE);
      return Optional.empty();
    }
    var key = Optional.ofNullable(keys.get(id));
    if (key.isEmpty() && sound && env.isGiven(GEMINI_API_KEYS_JSON)) {
      env.refuse(GEMINI_API_KEY_ID, "must be an id of GEMINI_API_KEYS_JSON");
    }
    return key;
  }
}
