package io.tda.worker.dispatcher;

import io.cloudevents.CloudEvent;
import io.cloudevents.http.HttpMessageFactory;
import io.tda.worker.config.RunIdFilter;
import io.tda.worker.dispatcher.DocumentEventReader.Content;
import io.tda.worker.id.RunId;
import io.tda.worker.log.IngressEvent.CloudEventIgnored.Reason;
import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentRef;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

  /** As long as the id of an event may be in a claim and its message. */
  private static final int MAX_ID_LENGTH = 1_024;

  private final EventScope scope;

  /**
   * Which documents are runs.
   *
   * @param database the id of the one database whose events count
   * @param collection the collection that holds the runs
   * @param runIds which of them this environment takes
   */
  public record EventScope(String database, String collection, RunIdFilter runIds) {}

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
    var event = event(headers, request.body());
    return event == null || event.getId().isEmpty() || event.getId().length() > MAX_ID_LENGTH
        ? new Result.NotACloudEvent()
        : parse(event, headers.get("traceparent"));
  }

  /** The event; null where it is none. */
  private static @Nullable CloudEvent event(Map<String, String> headers, byte[] body) {
    try {
      return HttpMessageFactory.createReader(headers, body).toEvent();
    } catch (RuntimeException e) {
      // The SDK has no one exception for what is not an event, and some bodies it stumbles over.
      return null;
    }
  }

  private Result parse(CloudEvent event, @Nullable String traceparent) {
    var subject = Optional.ofNullable(event.getSubject()).orElse("");
    if (!isAccepted(event.getType())) {
      return ignored(event, subject, Reason.EVENT_TYPE_FILTERED);
    }
    var runId = isOtherDatabase(event) ? null : runId(subject);
    if (runId == null) {
      return ignored(event, subject, Reason.INVALID_SUBJECT);
    }
    return switch (content(event)) {
      // Whatever brings the run back has an event of its own.
      case Content.Deleted() -> ignored(event, subject, Reason.FLOW_RUN_NOT_FOUND);
      case Content.Unreadable() -> changed(event, subject, runId, null, traceparent);
      case Content.Present(var fields, var updateTime) -> {
        var ref = new DocumentRef(scope.collection(), runId.value());
        yield changed(event, subject, runId, new Document(ref, fields, updateTime), traceparent);
      }
    };
  }

  private static Result changed(
      CloudEvent event,
      String subject,
      RunId runId,
      @Nullable Document snapshot,
      @Nullable String traceparent) {
    return new Result.Changed(
        new FlowRunEvent(event.getId(), runId, snapshot, traceparent), event.getType(), subject);
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

  /**
   * The subject is {@code documents/<collection>/<runId>}. Whatever lies deeper belongs to a
   * sub-collection, even one of the same name.
   */
  private @Nullable RunId runId(String subject) {
    List<String> segments = Arrays.asList(SLASH.split(subject, -1));
    int collection = segments.indexOf("documents") + 1;
    if (collection < 1
        || collection != segments.size() - 2
        || !segments.get(collection).equals(scope.collection())) {
      return null;
    }
    return RunId.parse(segments.get(collection + 1)).filter(scope.runIds()::accepts).orElse(null);
  }

  private static Content content(CloudEvent event) {
    var data = event.getData();
    return data == null
        ? new Content.Unreadable()
        : DocumentEventReader.read(data.toBytes(), event.getDataContentType());
  }

  private static Result ignored(CloudEvent event, String subject, Reason reason) {
    return new Result.Ignored(event.getId(), event.getType(), subject, reason);
  }
}
