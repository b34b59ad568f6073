package io.tda.worker.bench.image;

import com.google.firestore.v1.Document;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tda.worker.adapter.firestore.FirestoreCollections;
import io.tda.worker.adapter.firestore.FirestoreFlowRunRepository;
import io.tda.worker.adapter.memory.InMemoryDocumentStore;
import io.tda.worker.bench.CloudSteps;
import io.tda.worker.bench.Deliveries.Post;
import io.tda.worker.bench.EventBody;
import io.tda.worker.bench.ExampleDocuments;
import io.tda.worker.emulator.gemini.StubGemini;
import io.tda.worker.emulator.storage.LocalStorageServer;
import io.tda.worker.executor.adapter.gcs.GcsArtifactStore;
import io.tda.worker.flow.Claim;
import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowRunParser;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.id.ClaimIds;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepKey;
import io.tda.worker.message.StepClaimed;
import io.tda.worker.store.CommitResult;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Versioned;
import io.tda.worker.store.Write;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All that a service talks to, in this process and without any emulator, and the events of the
 * example run for it.
 */
final class DoubleCloud implements AutoCloseable {
  private static final String PROJECT = "image-project";
  private static final String DOCUMENTS = "projects/" + PROJECT + "/databases/(default)/documents/";
  private static final FirestoreCollections COLLECTIONS =
      new FirestoreCollections("flow_runs", "step_leases");
  private static final Duration LEASE = Duration.ofMinutes(15);

  private final GrpcDoubles grpc = GrpcDoubles.start();
  private final LocalStorageServer storage = LocalStorageServer.start();
  private final StubGemini model = StubGemini.start();
  private final ClaimIds claimIds = new ClaimIds(InstantSource.system(), new SplittableRandom());
  private final AtomicLong runs = new AtomicLong();
  private final ExampleDocuments example;

  private DoubleCloud(ExampleDocuments example) {
    this.example = example;
  }

  static DoubleCloud start() throws IOException {
    var cloud = new DoubleCloud(ExampleDocuments.load());
    cloud.fill();
    return cloud;
  }

  /** The environment of a service that works here. */
  Map<String, String> environment() {
    return Map.of(
        "GOOGLE_CLOUD_PROJECT",
        PROJECT,
        "ARTIFACTS_BUCKET",
        ExampleDocuments.BUCKET,
        "PORT",
        "0",
        "GEMINI_API_KEY",
        "no-key-is-needed-here",
        "GEMINI_BASE_URL",
        model.endpoint().toString(),
        "FIRESTORE_EMULATOR_HOST",
        grpc.host(),
        "PUBSUB_EMULATOR_HOST",
        grpc.host(),
        "STORAGE_EMULATOR_HOST",
        storage.endpoint().toString());
  }

  /** The event of a new run whose step is READY. */
  Post event() {
    var id = nextRun();
    return CloudSteps.event(new CloudSteps.Ready(id, example.run(id), Instant.now()));
  }

  /** The push of a new run whose step is claimed; run and lease are served from now on. */
  Post push() {
    var id = nextRun();
    var store = new InMemoryDocumentStore(InstantSource.system());
    var run = new DocumentRef(COLLECTIONS.runs(), id.value());
    if (!(store.commit(List.of(new Write.Set(run, example.run(id), new Precondition.None())))
        instanceof CommitResult.Committed(var updateTime))) {
      throw new IllegalStateException("an empty store refuses nothing");
    }
    var step = new StepKey(id, ExampleDocuments.STEP);
    var claim = new Claim(step, FlowStep.LLM_REPORT, claimIds.next(), 1, "event", Instant.now());
    var parsed = parsed(id);
    var _ =
        new FirestoreFlowRunRepository(store, COLLECTIONS)
            .claim(new Versioned<>(parsed, updateTime), List.of(claim), LEASE);
    var lease = new DocumentRef(COLLECTIONS.leases(), step.runId() + "~" + step.stepId());
    store
        .getAll(List.of(run, lease))
        .forEach(found -> found.ifPresent(it -> serve(it.ref(), it.data(), it.updateTime())));
    return CloudSteps.push(
        new CloudSteps.Claimed(id, new StepClaimed(claim, "4h", parsed.flowKey())));
  }

  @Override
  public void close() {
    grpc.close();
    storage.close();
    model.close();
  }

  private void fill() {
    storage.createBucket(ExampleDocuments.BUCKET);
    var objects = GcsArtifactStore.connect(PROJECT, storage.endpoint().toString());
    example
        .artifacts()
        .forEach(it -> objects.create(it.uri(), it.content(), it.contentType(), Map.of()));
    example.prompts().forEach((id, data) -> serve(new DocumentRef("llm_prompts", id), data));
    example.schemas().forEach((id, data) -> serve(new DocumentRef("llm_schemas", id), data));
  }

  private void serve(DocumentRef ref, Map<String, Object> data) {
    serve(ref, data, Instant.now());
  }

  /** Events and Firestore itself have the same form of a document on the wire. */
  private void serve(DocumentRef ref, Map<String, Object> data, Instant updateTime) {
    var event = EventBody.document(DOCUMENTS + ref, data, updateTime);
    try {
      grpc.serve(Document.parseFrom(event.toByteString()));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private RunId nextRun() {
    return new RunId("image-" + runs.incrementAndGet());
  }

  private FlowRun parsed(RunId id) {
    return switch (FlowRunParser.parse(id, example.run(id))) {
      case FlowRunParser.Result.Parsed(var run) -> run;
      case FlowRunParser.Result.Invalid(var violations) ->
          throw new IllegalStateException(violations.toString());
    };
  }
}
