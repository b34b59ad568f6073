package io.tda.worker.e2e;

import com.google.cloud.NoCredentials;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.storage.StorageOptions;
import io.tda.worker.emulator.Emulator;
import io.tda.worker.emulator.EmulatorKind;
import io.tda.worker.emulator.EmulatorLauncher;
import io.tda.worker.emulator.gemini.StubGemini;
import io.tda.worker.emulator.pubsub.PubSubSetup;
import io.tda.worker.emulator.storage.LocalStorageServer;
import io.tda.worker.local.bridge.EventarcBridge;
import java.net.InetAddress;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the services stand on: Firestore, Pub/Sub, storage, a model. Several stacks may share one;
 * their collections and topics differ.
 */
public final class Platform implements AutoCloseable {
  /** The project of everything. */
  public static final String PROJECT = "e2e-project";

  private final Closing closing = new Closing();
  private final EventarcBridge events;
  private final Emulator firestore;
  private final EmulatorLauncher emulators;
  private volatile Emulator pubsub;
  private final LocalStorageServer storage;
  private final StubGemini model;
  private final Documents documents;
  private final StoredObjects objects;
  private volatile PubSubSetup topics;

  private Platform(EmulatorLauncher emulators, EventarcBridge.Settings eventSettings) {
    this.emulators = emulators;
    storage = closing.with(LocalStorageServer.start());
    model = closing.with(StubGemini.start());
    events = closing.with(EventarcBridge.listen(InetAddress.getLoopbackAddress(), eventSettings));
    firestore = closing.with(emulators.require(EmulatorKind.FIRESTORE, events.emulatorOption()));
    pubsub = closing.with(emulators.require(EmulatorKind.PUBSUB));
    topics = closing.with(new PubSubSetup(pubsub.host(), PROJECT));
    documents =
        closing.with(
            new Documents(
                FirestoreOptions.newBuilder()
                    .setProjectId(PROJECT)
                    .setEmulatorHost(firestore.host())
                    .build()
                    .getService()));
    objects =
        closing.with(
            new StoredObjects(
                StorageOptions.newBuilder()
                    .setProjectId(PROJECT)
                    .setHost(storage.endpoint().toString())
                    .setCredentials(NoCredentials.getInstance())
                    .build()
                    .getService()));
    storage.createBucket(RunBuilder.INPUTS);
    storage.createBucket(Stack.REPORTS);
    Registry.seed(documents);
  }

  /**
   * Starts all of it, with prompts and schemas in place.
   *
   * @param say takes lines for people
   */
  public static Platform start(Consumer<String> say) {
    return start(say, EventarcBridge.Settings.USUAL);
  }

  /** The same with events that may come twice, late, in any order, or not at all. */
  public static Platform start(Consumer<String> say, EventarcBridge.Settings events) {
    return new Platform(EmulatorLauncher.of(System.getenv(), say), events);
  }

  /** The variables by which a service finds all this. */
  public Map<String, String> environment() {
    return Map.of(
        "GOOGLE_CLOUD_PROJECT",
        PROJECT,
        EmulatorKind.FIRESTORE.variable(),
        firestore.host(),
        EmulatorKind.PUBSUB.variable(),
        pubsub.host(),
        EmulatorKind.STORAGE.variable(),
        storage.endpoint().toString(),
        "GEMINI_BASE_URL",
        model.endpoint().toString(),
        "GEMINI_API_KEY",
        Canary.API_KEY.word());
  }

  /** Brings changes in Firestore to dispatchers. */
  public EventarcBridge events() {
    return events;
  }

  public Emulator firestore() {
    return firestore;
  }

  public Emulator pubsub() {
    return pubsub;
  }

  /**
   * Ends the Pub/Sub emulator with all that it holds, and starts another, which knows no topic.
   * Where it was given, it is not ours to end, and nothing happens.
   *
   * @return whether there is another now
   */
  public boolean replacePubSub() {
    if (pubsub.isGiven()) {
      return false;
    }
    pubsub.close();
    pubsub = closing.with(emulators.require(EmulatorKind.PUBSUB));
    topics = closing.with(new PubSubSetup(pubsub.host(), PROJECT));
    return true;
  }

  /** Where tests order faults of the storage. */
  public LocalStorageServer storage() {
    return storage;
  }

  /** Where tests order faults of the model, and see who called it. */
  public StubGemini model() {
    return model;
  }

  /** What is in Firestore. */
  public Documents documents() {
    return documents;
  }

  /** What is in storage. */
  public StoredObjects objects() {
    return objects;
  }

  public PubSubSetup topics() {
    return topics;
  }

  @Override
  public void close() {
    closing.close();
  }
}
