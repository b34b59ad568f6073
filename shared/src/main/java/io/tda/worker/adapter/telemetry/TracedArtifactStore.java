package io.tda.worker.adapter.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.artifact.ContentResult;
import io.tda.worker.artifact.CreateResult;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.artifact.ReadResult;
import io.tda.worker.artifact.StoredObject;
import java.util.Map;
import java.util.Optional;

/** Puts a span around each call to object storage. It names places and sizes, never contents. */
public final class TracedArtifactStore implements ArtifactStore {
  private static final AttributeKey<String> URI = AttributeKey.stringKey("worker.gcs.uri");
  private static final AttributeKey<Long> BYTES = AttributeKey.longKey("worker.gcs.bytes");

  private final ArtifactStore next;
  private final Spans spans;

  public TracedArtifactStore(ArtifactStore next, Spans spans) {
    this.next = next;
    this.spans = spans;
  }

  @Override
  public Optional<StoredObject> find(GcsUri uri) {
    return spans.call("gcs find", SpanKind.CLIENT, about(uri), _ -> next.find(uri));
  }

  @Override
  public ReadResult read(GcsUri uri, long maxBytes) {
    return spans.call(
        "gcs read",
        SpanKind.CLIENT,
        about(uri),
        span -> {
          var result = next.read(uri, maxBytes);
          if (result instanceof ReadResult.Found(_, var content)) {
            span.setAttribute(BYTES, (long) content.length);
          }
          return result;
        });
  }

  @Override
  public ContentResult content(GcsUri uri, long maxBytes) {
    return spans.call(
        "gcs read",
        SpanKind.CLIENT,
        about(uri),
        span -> {
          var result = next.content(uri, maxBytes);
          if (result instanceof ContentResult.Content(var bytes)) {
            span.setAttribute(BYTES, (long) bytes.length);
          }
          return result;
        });
  }

  @Override
  public CreateResult create(
      GcsUri uri, byte[] content, String contentType, Map<String, String> metadata) {
    var about = Attributes.of(URI, uri.toString(), BYTES, (long) content.length);
    return spans.call(
        "gcs create",
        SpanKind.CLIENT,
        about,
        _ -> next.create(uri, content, contentType, metadata));
  }

  private static Attributes about(GcsUri uri) {
    return Attributes.of(URI, uri.toString());
  }
}
