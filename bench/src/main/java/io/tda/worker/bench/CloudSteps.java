package io.tda.worker.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import io.tda.worker.adapter.firestore.FirestoreCollections;
import io.tda.worker.adapter.firestore.FirestoreDocumentStore;
import io.tda.worker.adapter.firestore.FirestoreFlowRunRepository;
import io.tda.worker.bench.Deliveries.Post;
import io.tda.worker.bench.stack.Cloud;
import io.tda.worker.executor.adapter.gcs.GcsArtifactStore;
import io.tda.worker.flow.Claim;
import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowRunParser;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.flow.StepException;
import io.tda.worker.id.ClaimIds;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepKey;
import io.tda.worker.message.StepClaimed;
import io.tda.worker.message.StepClaimedJson;
import io.tda.worker.store.CommitResult;
import io.tda.worker.store.DocumentQuery;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Versioned;
import io.tda.worker.store.Write;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Puts the example into the emulators, and makes runs of it that wait to be worked on. */
public final class CloudSteps implements AutoCloseable {
  static final FirestoreCollections COLLECTIONS =
      new FirestoreCollections("flow_runs", "step_leases");

  private static final Duration DISPATCH_LEASE = Duration.ofMinutes(15);
  private static final String DOCUMENTS =
      "projects/" + Cloud.PROJECT + "/databases/(default)/documents/";

  private final ExampleDocuments example;
  private final FirestoreDocumentStore documents;
  private final Storage objects;
  private final ClaimIds claimIds = new ClaimIds(InstantSource.system(), new SecureRandom());
  private final String series = Long.toString(System.currentTimeMillis(), 36);
  private final AtomicLong runs = new AtomicLong();

  /** A run whose document is there, and whose step is READY. */
  public record Ready(RunId id, Map<String, Object> fields, Instant updateTime) {}

  /** A run whose step is claimed. */
  public record Claimed(RunId id, StepClaimed message) {}

  private CloudSteps(ExampleDocuments example, FirestoreDocumentStore documents, Storage objects) {
    this.example = example;
    this.documents = documents;
    this.objects = objects;
  }

  /** Connects, and puts prompts, schemas and artifacts in place. */
  static CloudSteps connect(Cloud cloud, ExampleDocuments example) {
    var documents =
        FirestoreDocumentStore.connect(Cloud.PROJECT, "(default)", cloud.firestoreHost());
    var artifacts = GcsArtifactStore.connect(Cloud.PROJECT, cloud.storageHost());
    var steps = new CloudSteps(example, documents, objects(cloud));
    example.prompts().forEach((id, data) -> steps.set("llm_prompts", id, data));
    example.schemas().forEach((id, data) -> steps.set("llm_schemas", id, data));
    example
        .artifacts()
        .forEach(it -> artifacts.create(it.uri(), it.content(), it.contentType(), Map.of()));
    return steps;
  }

  /** The worker's own store does not delete. */
  private static Storage objects(Cloud cloud) {
    return StorageOptions.http()
        .setProjectId(Cloud.PROJECT)
        .setHost(cloud.storageHost())
        .setCredentials(NoCredentials.getInstance())
        .build()
        .getService();
  }

  /** Writes a new run. */
  Ready ready() {
    var id = new RunId("bench-" + series + "-" + runs.incrementAndGet());
    var fields = example.run(id);
    return new Ready(id, fields, set(COLLECTIONS.runs(), id.value(), fields));
  }

  /** Writes a new run and claims its step. */
  Claimed claimed() {
    var ready = ready();
    var run = run(ready);
    var claim =
        new Claim(
            new StepKey(ready.id(), ExampleDocuments.STEP),
            FlowStep.LLM_REPORT,
            claimIds.next(),
            1,
            "bench-event",
            Instant.now());
    var _ =
        new FirestoreFlowRunRepository(documents, COLLECTIONS)
            .claim(new Versioned<>(run, ready.updateTime()), List.of(claim), DISPATCH_LEASE);
    return new Claimed(ready.id(), new StepClaimed(claim, "4h", run.flowKey()));
  }

  /** The event that the run's writing raises. */
  public static Post event(Ready run) {
    var path = "flow_runs/" + run.id();
    return new Post(
        Map.of(
            "ce-specversion", "1.0",
            "ce-id", "event-" + run.id(),
            "ce-source", "//firestore.googleapis.com/projects/p/databases/(default)",
            "ce-type", "google.cloud.firestore.document.v1.written",
            "ce-subject", "documents/" + path,
            "ce-time", "2026-03-01T12:00:00.123456Z",
            "ce-database", "(default)",
            "content-type", "application/protobuf"),
        EventBody.of(DOCUMENTS + path, run.fields(), run.updateTime()));
  }

  /** The push that the claim's message brings. */
  public static Post push(Claimed run) {
    var envelope = JsonNodeFactory.instance.objectNode();
    var message = envelope.putObject("message");
    message.put("messageId", "push-" + run.id());
    message.put("data", Base64.getEncoder().encodeToString(StepClaimedJson.data(run.message())));
    var attributes = message.putObject("attributes");
    StepClaimedJson.attributes(run.message(), null).forEach(attributes::put);
    envelope.put("subscription", "projects/" + Cloud.PROJECT + "/subscriptions/bench");
    return new Post(
        Map.of("content-type", "application/json"), envelope.toString().getBytes(UTF_8));
  }

  /** Removes a run and its report, so that a long load does not fill the emulators. */
  void forget(RunId id) {
    var run = new DocumentRef(COLLECTIONS.runs(), id.value());
    var _ = documents.commit(List.of(new Write.Delete(run, new Precondition.None())));
    var report = ExampleDocuments.report(id);
    var _ = objects.delete(BlobId.of(report.bucket(), report.name()));
  }

  /** How many leases are left; 0 when all steps have ended. */
  int leases() {
    return documents
        .query(
            new DocumentQuery.TimeAtMost(
                COLLECTIONS.leases(), "expiresAt", Instant.now().plusSeconds(86_400), 500))
        .size();
  }

  @Override
  public void close() {
    documents.close();
  }

  private static FlowRun run(Ready ready) {
    return switch (FlowRunParser.parse(ready.id(), ready.fields())) {
      case FlowRunParser.Result.Parsed(var run) -> run;
      case FlowRunParser.Result.Invalid(var violations) ->
          throw new IllegalStateException(violations.toString());
    };
  }

  private Instant set(String collection, String id, Map<String, Object> data) {
    var write = new Write.Set(new DocumentRef(collection, id), data, new Precondition.None());
    return switch (patiently(() -> documents.commit(List.of(write)))) {
      case CommitResult.Committed(var updateTime) -> updateTime;
      case CommitResult.Refused() -> throw new IllegalStateException("nothing was asked for");
    };
  }

  /** An emulator that has just started can take longer for its first call than the client waits. */
  private static <T> T patiently(Supplier<T> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (StepException e) {
        if (attempt == 5) {
          throw e;
        }
      }
    }
  }
}
