package io.tda.worker.executor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.adapter.directory.DirectoryArtifactStore;
import io.tda.worker.adapter.firestore.FirestoreCollections;
import io.tda.worker.adapter.firestore.FirestoreFlowRunRepository;
import io.tda.worker.adapter.firestore.FirestoreLeaseRepository;
import io.tda.worker.adapter.http.PostHandler;
import io.tda.worker.adapter.memory.InMemoryDocumentStore;
import io.tda.worker.artifact.ArtifactPathPolicy;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.artifact.ReadResult;
import io.tda.worker.config.DeliveryConfig;
import io.tda.worker.config.LeaseConfig;
import io.tda.worker.config.Limits;
import io.tda.worker.config.RawOutputCapture;
import io.tda.worker.executor.adapter.firestore.FirestorePromptRepository;
import io.tda.worker.executor.adapter.firestore.FirestoreSchemaRepository;
import io.tda.worker.executor.http.DeadLetterPushes;
import io.tda.worker.executor.http.StepClaimedPushes;
import io.tda.worker.flow.Claim;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.flow.RunRead;
import io.tda.worker.id.ClaimId;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.id.StepKey;
import io.tda.worker.id.Timeframe;
import io.tda.worker.json.DocumentJson;
import io.tda.worker.json.StrictJson;
import io.tda.worker.lease.LeaseWrite;
import io.tda.worker.lease.StepLease;
import io.tda.worker.log.RecordingEventLogger;
import io.tda.worker.message.StepClaimed;
import io.tda.worker.message.StepClaimedJson;
import io.tda.worker.store.CountingDocumentStore;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.FieldPath;
import io.tda.worker.store.LossyDocumentStore;
import io.tda.worker.store.Patch;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Versioned;
import io.tda.worker.store.Write;
import io.tda.worker.time.Cancellation;
import io.tda.worker.time.TimeBudgetPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** An executor over stores in memory and in a folder, with one claimed step to execute. */
final class ExecutorFixture {
  static final Instant START = Instant.parse("2025-12-24T06:11:00Z");
  static final Duration LEASE = Duration.ofSeconds(60);
  static final StepKey STEP =
      new StepKey(
          new RunId("20251224-061000_LINKUSDT_vec01"), new StepId("llm_report:4h:LINKUSDT"));

  private static final String VECTOR = "/contracts/test-vectors/success/";
  private static final String RUN_FOLDER = "runs/20251224-061000_LINKUSDT_vec01/";
  private static final FirestoreCollections COLLECTIONS =
      new FirestoreCollections("flow_runs", "step_leases");
  private static final DocumentRef RUN = new DocumentRef("flow_runs", STEP.runId().value());
  private static final ArtifactPathPolicy PATHS =
      ArtifactPathPolicy.of("demo-artifacts", "").orElseThrow();

  private static final ExecutorAssembly.Settings SETTINGS =
      new ExecutorAssembly.Settings(
          PATHS,
          Limits.DEFAULT,
          new LeaseConfig(
              LEASE, Duration.ofMinutes(10), Duration.ofSeconds(30), 3, Duration.ofDays(1)),
          new DeliveryConfig(10, 4),
          new TimeBudgetPolicy(
              Duration.ofSeconds(590), Duration.ofSeconds(120), Duration.ofSeconds(450)),
          new ExecutorAssembly.ModelAccess(_ -> true, "ai_studio_api_key", 1),
          new RawOutputCapture.Quarantine("quarantine"));

  final RecordingEventLogger log = new RecordingEventLogger();
  final ScriptedLLMClient model = new ScriptedLLMClient(answer());
  final InMemoryDocumentStore documents;

  /** What the executors see of the documents. */
  final LossyDocumentStore lossy;

  /** What they ask of them. */
  final CountingDocumentStore store;

  final DirectoryArtifactStore artifacts;
  final GcsUri report = PATHS.report(STEP, Timeframe.parse("4h").orElseThrow());
  final Cancellation shutdown = new Cancellation();

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final List<Runnable> heartbeats = new CopyOnWriteArrayList<>();
  private final List<Runnable> allHeartbeats = new CopyOnWriteArrayList<>();
  private final Map<String, Runnable> hooks = new ConcurrentHashMap<>();
  private final Forks forks;
  private final FirestoreFlowRunRepository runs;
  private final FirestoreLeaseRepository leases;
  private final StepExecutor executor;
  private final DeadLetterHandler deadLetters;
  private final AtomicLong claims = new AtomicLong();
  private final AtomicLong executorIds = new AtomicLong();
  private StepClaimed message;

  ExecutorFixture(Path folder) {
    this(folder, Forks.NONE);
  }

  ExecutorFixture(Path folder, Forks forks) {
    this.forks = forks;
    documents = new InMemoryDocumentStore(now::get);
    lossy = new LossyDocumentStore(documents);
    store = new CountingDocumentStore(lossy);
    artifacts = open(folder);
    runs = new FirestoreFlowRunRepository(documents, COLLECTIONS);
    leases = new FirestoreLeaseRepository(documents, COLLECTIONS);
    executor = ExecutorAssembly.stepExecutor(ports(), SETTINGS, surroundings());
    deadLetters = ExecutorAssembly.deadLetterHandler(ports(), SETTINGS, surroundings());
    put(new DocumentRef("llm_prompts", "vector_prompt_v1"), "llm_prompts/vector_prompt_v1.json");
    put(
        new DocumentRef("llm_schemas", "llm_report_output_v1"),
        "llm_schemas/llm_report_output_v1.json");
    for (var name : List.of("ohlcv/4h.json", "charts/manifest.json", "charts/candles.png")) {
      store(
          new GcsUri("demo-artifacts", RUN_FOLDER + name),
          resource("artifacts/demo-artifacts/" + RUN_FOLDER + name));
    }
    message = claimAgain();
  }

  /** Puts the run back as it was before its step was claimed, and claims the step anew. */
  StepClaimed claimAgain() {
    put(RUN, "flow_run.json");
    if (!(runs.read(STEP.runId()) instanceof RunRead.Found(var run))) {
      throw new IllegalStateException("the run of the test vector cannot be read");
    }
    var id = "00000000-0000-7000-8000-%012d".formatted(claims.incrementAndGet());
    var claim = new Claim(STEP, "LLM_REPORT", new ClaimId(id), 1, "event-1", now.get());
    runs.claim(run, List.of(claim), Duration.ofMinutes(10));
    message = new StepClaimed(claim, "4h", "test_vector");
    return message;
  }

  DeliveryOutcome execute() {
    return execute(1);
  }

  DeliveryOutcome execute(StepClaimed other) {
    return executor.execute(other, new Delivery("message-1", 1, null), shutdown);
  }

  DeliveryOutcome execute(int attempt) {
    return executor.execute(message, new Delivery("message-1", attempt, null), shutdown);
  }

  /** The message arrives as a dead letter. */
  DeadLetterOutcome deadLetter() {
    return deadLetter(StepClaimedJson.data(message));
  }

  DeadLetterOutcome deadLetter(byte[] data) {
    return deadLetters.handle(data, new Delivery("letter-1", 0, null), shutdown);
  }

  StepClaimed message() {
    return message;
  }

  void advance(Duration time) {
    now.updateAndGet(it -> it.plus(time));
  }

  /** Time passes, and the heartbeats that are due at its end happen. */
  void advanceWithHeartbeat(Duration time) {
    advance(time);
    heartbeats.forEach(Runnable::run);
  }

  /** Heartbeats that a ticker had started just before it was told to end. */
  void lateHeartbeats() {
    allHeartbeats.forEach(Runnable::run);
  }

  boolean isTicking() {
    return !heartbeats.isEmpty();
  }

  /** What happens just after an event of this name was logged. */
  void after(String event, Runnable action) {
    hooks.put(event, action);
  }

  /** The process stands still for longer than its lease, and another executor takes over. */
  void stopTooLong() {
    advance(LEASE.plusSeconds(1));
    takeOver();
  }

  Optional<Versioned<StepLease>> lease() {
    return leases.read(STEP).lease();
  }

  /** Another executor takes the lease, as if it had expired. */
  void takeOver() {
    var lease = lease().orElseThrow();
    var value = lease.value();
    write(
        lease,
        new StepLease(
            value.claim(),
            new StepLease.Holder.Executor("other"),
            now.get().plus(LEASE),
            LEASE,
            new StepLease.Effort(value.effort().deliveries() + 1, value.effort().modelCalls() + 1),
            value.lastError(),
            null));
  }

  /** Says in the lease what was spent so far. */
  void spend(int deliveries, int modelCalls) {
    var lease = lease().orElseThrow();
    var value = lease.value();
    write(
        lease,
        new StepLease(
            value.claim(),
            value.holder(),
            value.expiresAt(),
            value.term(),
            new StepLease.Effort(deliveries, modelCalls),
            value.lastError(),
            value.notBefore()));
  }

  FlowStep step() {
    if (!(runs.read(STEP.runId()) instanceof RunRead.Found(var run))) {
      throw new IllegalStateException("the run cannot be read");
    }
    return run.value().step(STEP.stepId()).orElseThrow();
  }

  /** All fields of the step's document, as text. */
  String stepText() {
    return step().fields().toString();
  }

  void setRun(String value, String... path) {
    update(RUN, Patch.empty().with(FieldPath.of(path), value));
  }

  void update(DocumentRef ref, Patch patch) {
    documents.commit(List.of(new Write.Update(ref, patch, new Precondition.None())));
  }

  void store(GcsUri uri, byte[] content) {
    var _ = artifacts.create(uri, content, "application/octet-stream", Map.of());
  }

  boolean reportExists() {
    return artifacts.find(report).isPresent();
  }

  String reportText() {
    return artifacts.read(report, 1_000_000) instanceof ReadResult.Found(_, var content)
        ? new String(content, UTF_8)
        : "";
  }

  /** The model's text in the vector's stored answer. */
  static String answer() {
    var stored =
        json(
            "fixtures/gemini-2.5-flash__vector_prompt_v1__llm_report_output_v1__LINKUSDT__4h.json");
    return stored.at("/candidates/0/content/parts/0/text").asText();
  }

  private void write(Versioned<StepLease> lease, StepLease next) {
    if (!(leases.write(next, lease.updateTime()) instanceof LeaseWrite.Written)) {
      throw new IllegalStateException("the lease was changed meanwhile");
    }
  }

  private ExecutorAssembly.Ports ports() {
    return new ExecutorAssembly.Ports(
        new FirestoreFlowRunRepository(store, COLLECTIONS),
        new FirestoreLeaseRepository(store, COLLECTIONS),
        new FirestorePromptRepository(store, "llm_prompts", now::get),
        new FirestoreSchemaRepository(store, "llm_schemas", now::get),
        artifacts,
        model,
        (event, context) -> {
          log.log(event, context);
          hooks.getOrDefault(event.name(), () -> {}).run();
        });
  }

  private ExecutorAssembly.Surroundings surroundings() {
    return new ExecutorAssembly.Surroundings(
        now::get,
        new Random(1),
        this::advance,
        (_, action) -> {
          heartbeats.add(action);
          allHeartbeats.add(action);
          return () -> heartbeats.remove(action);
        },
        forks,
        () -> "executor-" + executorIds.incrementAndGet());
  }

  /** Answers pushes of claims. */
  PostHandler pushes() {
    return new StepClaimedPushes(executor, shutdown, log);
  }

  /** Answers pushes of dead letters. */
  PostHandler letters() {
    return new DeadLetterPushes(deadLetters, shutdown, log);
  }

  /** What Pub/Sub pushes for a message. */
  static byte[] push(StepClaimed message) {
    var data = Base64.getEncoder().encodeToString(StepClaimedJson.data(message));
    return "{\"message\":{\"messageId\":\"message-1\",\"data\":\"%s\"},\"subscription\":\"s\"}"
        .formatted(data)
        .getBytes(UTF_8);
  }

  /** A document of the test vector. */
  static Map<String, Object> document(String name) {
    return DocumentJson.toMap(json(name));
  }

  /** The report of an earlier life of the step is gone. */
  void forgetReport() {
    try {
      Files.deleteIfExists(artifacts.path(report));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(DocumentRef ref, String name) {
    documents.commit(List.of(new Write.Set(ref, document(name), new Precondition.None())));
  }

  private static ObjectNode json(String name) {
    if (StrictJson.parse(resource(name)) instanceof StrictJson.Result.Parsed(var value)
        && value instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalStateException(name + " is no JSON object");
  }

  static byte[] resource(String name) {
    try (var stream = ExecutorFixture.class.getResourceAsStream(VECTOR + name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DirectoryArtifactStore open(Path folder) {
    try {
      return DirectoryArtifactStore.open(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
