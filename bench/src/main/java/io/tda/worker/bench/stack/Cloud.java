package io.tda.worker.bench.stack;

import io.tda.worker.emulator.Emulator;
import io.tda.worker.emulator.EmulatorKind;
import io.tda.worker.emulator.EmulatorLauncher;
import io.tda.worker.emulator.gemini.StubGemini;
import io.tda.worker.emulator.pubsub.PubSubSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the services talk to: emulators, and a stub model in this process. */
public final class Cloud implements AutoCloseable {
  /** A project of its own, so that given emulators may be shared. */
  public static final String PROJECT = "bench-project";

  /** Takes artifacts and reports. */
  public static final String BUCKET = "demo-artifacts";

  private static final int OK = 200;
  private static final int CONFLICT = 409;

  /** The claims. */
  public static final String TOPIC = "step-claimed";

  private final Emulator firestore;
  private final Emulator pubsub;
  private final Emulator storage;
  private final StubGemini model;
  private final PubSubSetup topics;

  private Cloud(Emulator firestore, Emulator pubsub, Emulator storage, StubGemini model) {
    this.firestore = firestore;
    this.pubsub = pubsub;
    this.storage = storage;
    this.model = model;
    this.topics = new PubSubSetup(pubsub.host(), PROJECT);
  }

  /**
   * Starts all of it.
   *
   * @throws IllegalStateException with one line that says what to install, where an emulator is
   *     missing
   */
  public static Cloud start() {
    var launcher = EmulatorLauncher.of(roomy(System.getenv()), System.err::println);
    var cloud =
        new Cloud(
            launcher.require(EmulatorKind.FIRESTORE),
            launcher.require(EmulatorKind.PUBSUB),
            launcher.require(EmulatorKind.STORAGE),
            StubGemini.start());
    cloud.topics.createTopic(TOPIC);
    cloud.createBucket();
    return cloud;
  }

  /**
   * A soak makes some gigabytes of documents, 40 kB a step, and Firestore's emulator forgets none.
   */
  private static Map<String, String> roomy(Map<String, String> environment) {
    var roomy = new HashMap<>(environment);
    roomy.putIfAbsent(EmulatorLauncher.HEAP, "8g");
    return roomy;
  }

  private void createBucket() {
    var request =
        HttpRequest.newBuilder(URI.create(storage.host() + "/storage/v1/b?project=" + PROJECT))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"name\":\"" + BUCKET + "\"}"))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      if (status != OK && status != CONFLICT) {
        throw new IllegalStateException("no bucket can be made: " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The environment of a service that works here. */
  public Map<String, String> environment() {
    var environment = new HashMap<String, String>();
    environment.put("GOOGLE_CLOUD_PROJECT", PROJECT);
    environment.put("ARTIFACTS_BUCKET", BUCKET);
    environment.put("STEP_CLAIMED_TOPIC", TOPIC);
    environment.put("PORT", "0");
    environment.put("GEMINI_API_KEY", "no-key-is-needed-here");
    environment.put("GEMINI_BASE_URL", model.endpoint().toString());
    for (var emulator : List.of(firestore, pubsub, storage)) {
      environment.put(emulator.kind().variable(), emulator.host());
    }
    return environment;
  }

  /** Topics and subscriptions. */
  public PubSubSetup topics() {
    return topics;
  }

  /** The model. */
  public StubGemini model() {
    return model;
  }

  /** As in {@code FIRESTORE_EMULATOR_HOST}. */
  public String firestoreHost() {
    return firestore.host();
  }

  /** As in {@code STORAGE_EMULATOR_HOST}. */
  public String storageHost() {
    return storage.host();
  }

  @Override
  public void close() {
    model.close();
    topics.close();
    storage.close();
    pubsub.close();
    firestore.close();
  }
}
