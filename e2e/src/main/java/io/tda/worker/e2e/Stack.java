package io.tda.worker.e2e;

import io.tda.worker.emulator.pubsub.PushSubscription;
import io.tda.worker.emulator.pubsub.PushSubscription.Delivery;
import io.tda.worker.local.bridge.EventarcBridge;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** The two services on a platform, with collections and topics of their own. */
public final class Stack implements AutoCloseable {
  /** The bucket of the reports. */
  public static final String REPORTS = "e2e-reports";

  private static final int DEAD_LETTER_AFTER = 5;

  private final Platform platform;
  private final StackSettings settings;
  private final Closing closing = new Closing();
  private final List<ServiceProcess> services = new CopyOnWriteArrayList<>();
  private final LeakSearch leaks = new LeakSearch(this);
  private final List<RunBuilder> created = new CopyOnWriteArrayList<>();

  private Stack(Platform platform, StackSettings settings) {
    this.platform = platform;
    this.settings = settings;
  }

  /** Starts the services, and returns when they take requests. */
  public static Stack start(Platform platform, StackSettings settings) {
    var stack = new Stack(platform, settings);
    try {
      stack.launch();
      return stack;
    } catch (RuntimeException | AssertionError e) {
      stack.close();
      throw e;
    }
  }

  private void launch() {
    createTopic();
    for (int i = 0; i < settings.dispatchers(); i++) {
      launch(ServiceApp.DISPATCHER, Map.of());
    }
    launch(ServiceApp.EXECUTOR, Map.of());
    services.forEach(ServiceProcess::endpoint);
    if (settings.events()) {
      var watched = new EventarcBridge.Watched(Platform.PROJECT, "(default)", settings.runs());
      platform.events().watch(platform.firestore(), watched);
      platform.events().deliverTo(eventTargets());
    }
    switch (settings.orders()) {
      case PUSHED -> push(new Delivery.Ordered());
      case DEAD_LETTERED -> {
        platform.topics().createTopic(settings.deadLetterTopic());
        push(new Delivery.DeadLettered(settings.deadLetterTopic(), DEAD_LETTER_AFTER));
        subscribe(
            settings.deadLetterTopic(),
            deadLetterPushes(),
            "/push/dead-letter",
            new Delivery.Plain());
      }
      case HELD -> {}
    }
  }

  /** Makes the topic of the claims, with what keeps them for tests; also for a new emulator. */
  public void createTopic() {
    platform.topics().createTopic(settings.topic());
    platform.topics().createPullSubscription(held(), settings.topic());
  }

  private void push(Delivery delivery) {
    subscribe(settings.topic(), settings.topic() + "-push", "/push/step-claimed", delivery);
  }

  private String deadLetterPushes() {
    return settings.deadLetterTopic() + "-push";
  }

  private String held() {
    return settings.topic() + "-held";
  }

  private void subscribe(String topic, String name, String path, Delivery delivery) {
    var endpoint = fromEmulator(executor().endpoint()).resolve(path);
    platform.topics().createPushSubscription(new PushSubscription(name, topic, endpoint, delivery));
    closing.with(() -> platform.topics().deleteSubscription(name));
  }

  /** Under which name the Pub/Sub emulator reaches a server on this machine. */
  private URI fromEmulator(URI endpoint) {
    return URI.create("http://" + platform.pubsub().callbackHost() + ":" + endpoint.getPort());
  }

  /**
   * Starts one more service of this stack and does not wait for it; it is closed with the stack.
   */
  public ServiceProcess launch(ServiceApp app, Map<String, String> variables) {
    var environment = new HashMap<>(platform.environment());
    environment.put("ENV", "e2e");
    environment.put("PORT", "0");
    environment.put("LOG_LEVEL", "DEBUG");
    environment.put("FLOW_RUNS_COLLECTION", settings.runs());
    environment.put("STEP_LEASES_COLLECTION", settings.leases());
    environment.put("STEP_CLAIMED_TOPIC", settings.topic());
    environment.put("ARTIFACTS_BUCKET", REPORTS);
    environment.putAll(settings.variables());
    environment.putAll(variables);
    var service = closing.with(ServiceProcess.launch(app, environment));
    services.add(service);
    return service;
  }

  public Platform platform() {
    return platform;
  }

  /** All that were started, those that have ended too. */
  public List<ServiceProcess> services() {
    return List.copyOf(services);
  }

  /** The first dispatcher. */
  public ServiceProcess dispatcher() {
    return first(ServiceApp.DISPATCHER);
  }

  /** The first executor. */
  public ServiceProcess executor() {
    return first(ServiceApp.EXECUTOR);
  }

  /** Where the dispatchers take events. */
  private URI[] eventTargets() {
    return services.stream()
        .filter(service -> service.app() == ServiceApp.DISPATCHER)
        .map(service -> service.endpoint().resolve("/events/flow-run"))
        .toArray(URI[]::new);
  }

  private ServiceProcess first(ServiceApp app) {
    return services.stream().filter(service -> service.app() == app).findFirst().orElseThrow();
  }

  /** The collection of this stack's runs. */
  public String runs() {
    return settings.runs();
  }

  /** Puts a run's artifacts into storage and its document into Firestore. */
  public void create(RunBuilder run) {
    run.artifacts()
        .forEach((name, content) -> {
          var type = name.endsWith(".png") ? "image/png" : "application/json";
          platform.objects().put(RunBuilder.INPUTS, name, content, type);
        });
    created.add(run);
    platform.documents().put(settings.runs(), run.id(), run.document());
  }

  /** The runs that were created, in order. */
  List<RunBuilder> created() {
    return List.copyOf(created);
  }

  /**
   * What has come out that should not have, since the last look: canaries in the services' output
   * and in runs and leases, and output that is no log line.
   */
  public List<String> leaks() {
    return leaks.look();
  }

  /** An event that says that a run has changed; it is delivered by hand. */
  public ChangeEvent changed(RunBuilder run) {
    return ChangeEvent.of(settings.runs(), run.id());
  }

  /** The claims that came on the topic since the last look, however they are delivered. */
  public List<PushMessage> claims() {
    return platform.topics().pull(held()).stream().map(PushMessage::new).toList();
  }

  /** A run as it is in Firestore now. */
  public RunState run(RunBuilder run) {
    return RunState.of(
        platform
            .documents()
            .read(settings.runs(), run.id())
            .orElseThrow(() -> new AssertionError("the run is gone")));
  }

  /** A step's lease; empty where there is none. */
  public Optional<Map<String, Object>> lease(RunBuilder run, String stepId) {
    return platform
        .documents()
        .read(settings.leases(), leaseId(run, stepId))
        .map(Documents.Read::data);
  }

  /** Changes a field of a step's lease, as if time had passed or a process had died. */
  public void changeLease(RunBuilder run, String stepId, String field, Object value) {
    platform.documents().change(settings.leases(), leaseId(run, stepId), value, field);
  }

  /** Puts a run and a step's lease back to what they were, as if nothing had been written since. */
  public void restore(
      RunBuilder run, RunState earlier, String stepId, Map<String, Object> earlierLease) {
    platform.documents().put(settings.leases(), leaseId(run, stepId), earlierLease);
    platform.documents().put(settings.runs(), run.id(), earlier.document());
  }

  private static String leaseId(RunBuilder run, String stepId) {
    return run.id() + "~" + stepId;
  }

  /** Changes a field of a run, as its owner may. */
  public void change(RunBuilder run, Object value, String... path) {
    platform.documents().change(settings.runs(), run.id(), value, path);
  }

  /** Waits until a step has this status, and returns the run with it. */
  public RunState await(RunBuilder run, String stepId, String status) {
    try {
      return Awaiting.value(
          stepId + " to be " + status,
          () -> Optional.of(run(run)).filter(it -> it.step(stepId).status().equals(status)));
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; the log about its run: " + log(run), e);
    }
  }

  /** The object of a step's report; empty where there is none. */
  public Optional<StoredObjects.Stored> report(RunBuilder run, String stepId) {
    return platform.objects().read(REPORTS, reportObject(run, stepId));
  }

  /** The name of a step's report. */
  public String reportObject(RunBuilder run, String stepId) {
    return run.id() + "/4h/" + stepId + ".json";
  }

  /** How often the model was asked for a step. */
  public long modelCalls(RunBuilder run, String stepId) {
    var candles = "gs://" + RunBuilder.INPUTS + "/" + run.candlesObject(stepId);
    return platform.model().calls().stream()
        .filter(call -> call.sources().contains(candles))
        .count();
  }

  /** Log lines of both services about a run, each service's in its own order. */
  public List<LogLine> log(RunBuilder run) {
    return lines().filter(line -> line.isAbout(run.id())).toList();
  }

  private Stream<LogLine> lines() {
    return services.stream().flatMap(service -> service.log().stream());
  }

  /** Ends the services, and the subscriptions before them. Nothing stays. */
  @Override
  public void close() {
    closing.close();
  }
}
