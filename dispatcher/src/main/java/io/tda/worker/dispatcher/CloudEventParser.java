package io.tda.worker.dispatcher;

import io.cloudevents.CloudEvent;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import io.tda.worker.id.RunId;
import io.tda.worker.log.IngressEvent.CloudEventIgnored.Reason;
import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentRef;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Eventarc posts: a CloudEvent in binary or structured mode, about a document of the
 * Firestore database.
 */
public final class CloudEventParser {
  private static final String TYPE_PREFIX = "google.cloud.firestore.document.v1.";
  private static final String AUTH_SUFFIX = ".withAuthContext";
  private static final Set<String> KINDS = Set.of("created", "updated", "written");
  private static final Pattern SLASH = Pattern.compile("/");

  private final EventScope scope;

  /**
   * Which documents are runs.
   *
   * @param database the id of the one database whose events count
   * @param collection the collection that holds the runs
   * @param runIdPattern narrows what counts as a run id
   */
  public record EventScope(String database, String collection, Pattern runIdPattern) {}

  public CloudEventParser(EventScope scope) {
    this.scope = scope;
  }

  /** What a request turned out to be. */
  public sealed interface Result {

    /** A run changed. */
    record Changed(FlowRunEvent event, String type, String subject) implements Result {}

    /** A CloudEvent that is none of this worker's business. */
    record Ignored(String eventId, String type, String subject, Reason reason) implements Result {}

    /** No CloudEvent at all. */
    record NotACloudEvent() implements Result {}
  }

  /** Reads a request. The body is optional: an event says which run changed without it. */
  public Result parse(CloudEventRequest request) {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(request.headers());
    CloudEvent event;
    try {
      event = HttpMessageFactory.createReader(headers, request.body()).toEvent();
    } catch (CloudEventRWException | IllegalStateException | IllegalArgumentException e) {
      return new Result.NotACloudEvent();
    }
    var subject = Optional.ofNullable(event.getSubject()).orElse("");
    if (!isAccepted(event.getType())) {
      return ignored(event, subject, Reason.EVENT_TYPE_FILTERED);
    }
    var runId = isOtherDatabase(event) ? null : runId(subject);
    if (runId == null) {
      return ignored(event, subject, Reason.INVALID_SUBJECT);
    }
    var traceparent = Optional.ofNullable(headers.get("traceparent")).orElse(null);
    return new Result.Changed(
        new FlowRunEvent(event.getId(), runId, snapshot(event, runId), traceparent),
        event.getType(),
        subject);
  }

  private static boolean isAccepted(String type) {
    if (!type.startsWith(TYPE_PREFIX)) {
      return false;
    }
    var kind = type.substring(TYPE_PREFIX.length());
    return KINDS.contains(
        kind.endsWith(AUTH_SUFFIX)
            ? kind.substring(0, kind.length() - AUTH_SUFFIX.length())
            : kind);
  }

  private boolean isOtherDatabase(CloudEvent event) {
    var database = event.getExtension("database");
    return database != null && !database.equals(scope.database());
  }

  /** The subject is {@code documents/<collection>/<runId>}; a longer one is a sub-collection's. */
  private @Nullable RunId runId(String subject) {
    List<String> segments = Arrays.asList(SLASH.split(subject, -1));
    int collection = segments.indexOf(scope.collection());
    if (collection < 0 || collection != segments.size() - 2) {
      return null;
    }
    return RunId.parse(segments.get(collection + 1))
        .filter(id -> scope.runIdPattern().matcher(id.value()).matches())
        .orElse(null);
  }

  private @Nullable Document snapshot(CloudEvent event, RunId runId) {
    var data = event.getData();
    if (data == null) {
      return null;
    }
    return DocumentEventReader.read(data.toBytes(), event.getDataContentType())
        .map(value ->
            new Document(
                new DocumentRef(scope.collection(), runId.value()),
                value.fields(),
                value.updateTime()))
        .orElse(null);
  }

  private static Result ignored(CloudEvent event, String subject, Reason reason) {
    return new Result.Ignored(event.getId(), event.getType(), subject, reason);
  }
}
