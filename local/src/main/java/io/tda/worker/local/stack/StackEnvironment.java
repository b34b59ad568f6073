package io.tda.worker.local.stack;

import io.tda.worker.emulator.Emulator;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The environment variables of a stack: what leads clients to it, and what its services get. */
public final class StackEnvironment {
  /** The project of a local stack. */
  public static final String PROJECT = "worker-dev";

  /** The bucket that takes the reports, and where the example run's artifacts are. */
  public static final String BUCKET = "demo-artifacts";

  private static final String KEY = "GEMINI_API_KEY";

  /** They would lead the services, or the checks of their callers, elsewhere. */
  private static final List<String> NOT_INHERITED =
      List.of(
          "FIRESTORE_DATABASE",
          "FLOW_RUNS_COLLECTION",
          "STEP_LEASES_COLLECTION",
          "LLM_PROMPTS_COLLECTION",
          "LLM_SCHEMAS_COLLECTION",
          "STEP_CLAIMED_TOPIC",
          "PUSH_AUDIENCE",
          "PUSH_SERVICE_ACCOUNT",
          "PUSH_CERTS_URL");

  private static final List<String> OF_A_REAL_MODEL =
      List.of(
          KEY,
          "GEMINI_API_KEYS_JSON",
          "GEMINI_API_KEY_ID",
          "GEMINI_AUTH_MODE",
          "GEMINI_LOCATION",
          "GEMINI_ALLOWED_MODELS",
          "GOOGLE_API_KEY");

  private StackEnvironment() {}

  /** What another process needs to work with the stack's data. */
  public static Map<String, String> ofClients(List<Emulator> emulators) {
    var variables = new TreeMap<String, String>();
    variables.put("GOOGLE_CLOUD_PROJECT", PROJECT);
    variables.put("ARTIFACTS_BUCKET", BUCKET);
    emulators.forEach(emulator -> variables.put(emulator.kind().variable(), emulator.host()));
    return Map.copyOf(variables);
  }

  /**
   * What both services get: the caller's own settings, but led to the stack.
   *
   * @param inherited this process's environment
   * @param clients from {@link #ofClients}
   */
  public static Map<String, String> ofServices(
      Map<String, String> inherited, Map<String, String> clients) {
    var variables = new TreeMap<>(inherited);
    NOT_INHERITED.forEach(variables::remove);
    variables.putAll(clients);
    variables.put("ENV", "dev");
    variables.put("PORT", "0");
    return Map.copyOf(variables);
  }

  /** The same, led to the stub model, which no real key ever reaches. */
  public static Map<String, String> withStub(Map<String, String> services, URI stub) {
    var variables = new TreeMap<>(services);
    OF_A_REAL_MODEL.forEach(variables::remove);
    variables.put("LLM_MODE", "real");
    variables.put("GEMINI_BASE_URL", stub.toString());
    variables.put(KEY, "stub");
    return Map.copyOf(variables);
  }
}
