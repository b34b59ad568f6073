package io.tda.worker.bench;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.tda.worker.adapter.telemetry.Spans;
import io.tda.worker.adapter.telemetry.Telemetry;
import io.tda.worker.adapter.telemetry.TracedArtifactStore;
import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.artifact.CreateResult;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.artifact.ReadResult;
import io.tda.worker.artifact.StoredObject;
import io.tda.worker.flow.TokenUsage;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.IngressEvent.CloudEventFinished;
import io.tda.worker.log.LogContext;
import io.tda.worker.log.LogEvent;
import io.tda.worker.log.ModelEvent.LlmRequestFinished;
import io.tda.worker.log.OutputEvent.StepCompleted;
import io.tda.worker.log.ServiceEvent.ServiceStopping;
import io.tda.worker.store.CommitResult;
import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentQuery;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The telemetry of one step without the step: the same spans, with as many attributes, and as many
 * lines, over ports that do nothing. What it takes is what telemetry takes.
 */
final class TelemetryTrail {
  private static final int LINES = 24;
  private static final int READS = 5;
  private static final Duration TIME = Duration.ofMillis(1234);
  private static final GcsUri URI = new GcsUri("demo-artifacts", "runs/demo/steps/object.json");
  private static final DocumentRef RUN = new DocumentRef("flow_runs", "demo");
  private static final DocumentRef LEASE = new DocumentRef("step_leases", "demo~step");
  private static final String MODEL = "gemini-2.5-pro";
  private static final Attributes IDS =
      Attributes.of(
          AttributeKey.stringKey("worker.run.id"),
          "20251224-061000_LINKUSDT_demo92",
          AttributeKey.stringKey("worker.step.id"),
          "llm_report_4h_trend",
          AttributeKey.stringKey("worker.claim.id"),
          "0193f5a0-0000-7000-8000-000000000001");

  private final DocumentStore documents;
  private final ArtifactStore artifacts;
  private final EventLogger log;
  private final Spans spans;

  TelemetryTrail(Telemetry telemetry) {
    documents = telemetry.documents(new NoDocuments());
    ArtifactStore none = new NoArtifacts();
    artifacts = telemetry.traced(none, TracedArtifactStore::new);
    log = telemetry.log((_, _) -> {});
    spans =
        telemetry
            .traced(Optional.<Spans>empty(), (_, given) -> Optional.of(given))
            .orElseThrow(() -> new IllegalStateException("telemetry is off"));
  }

  /** Leaves the trail of one step. */
  void leave() {
    var published = spans.entry("flow_run event", IDS, null, _ -> dispatch());
    var model = spans.entry("step_claimed process", IDS, published, _ -> execute());
    if (!model.equals(MODEL)) {
      throw new IllegalStateException("another model");
    }
  }

  private String dispatch() {
    commit(RUN, LEASE);
    log(new CloudEventFinished(CloudEventFinished.Status.OK, Duration.ZERO), LINES / 4);
    return spans.call("step_claimed publish", SpanKind.PRODUCER, IDS, Spans::traceparent);
  }

  private String execute() {
    var _ = documents.getAll(List.of(RUN, LEASE));
    commit(LEASE);
    var _ = artifacts.find(URI);
    for (int i = 0; i < READS; i++) {
      var _ = artifacts.read(URI, 1);
    }
    var model = spans.call("generate_content", SpanKind.CLIENT, IDS, _ -> MODEL);
    log(
        new LlmRequestFinished(
            model, LlmRequestFinished.Status.OK, "STOP", new TokenUsage(1, 1, 1, 0, 3), TIME),
        1);
    var _ = artifacts.create(URI, new byte[1], "application/json", Map.of());
    commit(RUN, LEASE);
    log(new StepCompleted(URI, TIME, model), 1);
    log(new ServiceStopping(), LINES - LINES / 4 - 2);
    return model;
  }

  private void log(LogEvent event, int times) {
    for (int i = 0; i < times; i++) {
      log.log(event, LogContext.NONE);
    }
  }

  private void commit(DocumentRef... refs) {
    var writes =
        List.of(refs).stream()
            .<Write>map(ref -> new Write.Delete(ref, new Precondition.None()))
            .toList();
    var _ = documents.commit(writes);
  }

  private static final class NoDocuments implements DocumentStore {
    @Override
    public List<Optional<Document>> getAll(List<DocumentRef> refs) {
      return List.of();
    }

    @Override
    public CommitResult commit(List<Write> writes) {
      return new CommitResult.Committed(Instant.EPOCH);
    }

    @Override
    public List<Document> query(DocumentQuery query) {
      return List.of();
    }
  }

  private static final class NoArtifacts implements ArtifactStore {
    @Override
    public Optional<StoredObject> find(GcsUri uri) {
      return Optional.empty();
    }

    @Override
    public ReadResult read(GcsUri uri, long maxBytes) {
      return new ReadResult.Missing();
    }

    @Override
    public CreateResult create(
        GcsUri uri, byte[] content, String contentType, Map<String, String> metadata) {
      return new CreateResult.AlreadyExists();
    }
  }
}
