package io.tda.worker.executor;

import io.tda.worker.adapter.firestore.FirestoreCollections;
import io.tda.worker.adapter.firestore.FirestoreDocumentStore;
import io.tda.worker.adapter.firestore.FirestoreEmulator;
import io.tda.worker.adapter.firestore.FirestoreFlowRunRepository;
import io.tda.worker.adapter.firestore.FirestoreLeaseRepository;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.emulator.gemini.StubGemini;
import io.tda.worker.emulator.storage.LocalStorageServer;
import io.tda.worker.emulator.storage.StorageBuckets;
import io.tda.worker.executor.adapter.gcs.GcsArtifactStore;
import io.tda.worker.flow.Claim;
import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.flow.RunRead;
import io.tda.worker.id.ClaimIds;
import io.tda.worker.lease.StepLease;
import io.tda.worker.message.StepClaimed;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Versioned;
import io.tda.worker.store.Write;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an executor's process needs around it, with one claimed step. */
final class ServicePlatform implements AutoCloseable {
  static final String KEY = "canary-key-5b1f";

  private static final String BUCKET = "demo-artifacts";
  private static final String RUN_FOLDER = "runs/20251224-061000_LINKUSDT_vec01/";

  final StubGemini model = StubGemini.start();

  private final LocalStorageServer storage = LocalStorageServer.start();
  private final FirestoreDocumentStore documents = FirestoreEmulator.connect();
  private final FirestoreCollections collections =
      new FirestoreCollections("flow_runs", "step_leases");
  private final FirestoreFlowRunRepository runs =
      new FirestoreFlowRunRepository(documents, collections);
  private final FirestoreLeaseRepository leases =
      new FirestoreLeaseRepository(documents, collections);
  private final StepClaimed message;

  ServicePlatform() throws Exception {
    put("llm_prompts", "vector_prompt_v1", "llm_prompts/vector_prompt_v1.json");
    put("llm_schemas", "llm_report_output_v1", "llm_schemas/llm_report_output_v1.json");
    put("flow_runs", ExecutorFixture.STEP.runId().value(), "flow_run.json");
    StorageBuckets.create(storage.endpoint().toString(), BUCKET);
    var artifacts = GcsArtifactStore.connect("test-project", storage.endpoint().toString());
    for (var name : List.of("ohlcv/4h.json", "charts/manifest.json", "charts/candles.png")) {
      var content = ExecutorFixture.resource("artifacts/demo-artifacts/" + RUN_FOLDER + name);
      var _ =
          artifacts.create(
              new GcsUri(BUCKET, RUN_FOLDER + name), content, "application/octet-stream", Map.of());
    }
    message = claim();
  }

  /** The environment of the process. */
  Map<String, String> environment() {
    return Map.of(
        "GOOGLE_CLOUD_PROJECT",
        "test-project",
        "FIRESTORE_EMULATOR_HOST",
        FirestoreEmulator.host(),
        "STORAGE_EMULATOR_HOST",
        storage.endpoint().toString(),
        "ARTIFACTS_BUCKET",
        BUCKET,
        "GEMINI_BASE_URL",
        model.endpoint().toString(),
        "GEMINI_API_KEY",
        KEY,
        "PORT",
        "0");
  }

  /** The push of the claim's message. */
  byte[] push() {
    return ExecutorFixture.push(message);
  }

  FlowStep step() {
    return run().value().step(ExecutorFixture.STEP.stepId()).orElseThrow();
  }

  Optional<Versioned<StepLease>> lease() {
    return leases.read(ExecutorFixture.STEP).lease();
  }

  private Versioned<FlowRun> run() {
    return ((RunRead.Found) runs.read(ExecutorFixture.STEP.runId())).run();
  }

  private StepClaimed claim() {
    var claim =
        new Claim(
            ExecutorFixture.STEP,
            FlowStep.LLM_REPORT,
            new ClaimIds(InstantSource.system(), new SecureRandom()).next(),
            1,
            "event-1",
            Instant.now());
    var _ = runs.claim(run(), List.of(claim), Duration.ofMinutes(10));
    return new StepClaimed(claim, "4h", "test_vector");
  }

  private void put(String collection, String id, String resource) {
    var fields = ExecutorFixture.document(resource);
    documents.commit(
        List.of(new Write.Set(new DocumentRef(collection, id), fields, new Precondition.None())));
  }

  @Override
  public void close() {
    model.close();
    storage.close();
    documents.close();
  }
}
