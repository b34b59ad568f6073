package io.tda.worker.local.bridge;

import com.google.events.cloud.firestore.v1.DocumentEventData;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One change of a document, in the form in which Eventarc posts it: attributes of the CloudEvent as
 * headers, and the data in protobuf.
 *
 * @param id the event's id, the same for each of its deliveries
 */
record DocumentChange(String id, Map<String, String> headers, DocumentEventData data) {
  static final String WRITTEN = "google.cloud.firestore.document.v1.written";
  private static final String DATA_SCHEMA =
      "https://github.com/googleapis/google-cloudevents/blob/main/proto/google/events/cloud/firestore/v1/data.proto";

  /** Copies the headers. */
  DocumentChange {
    headers = Map.copyOf(headers);
  }

  /** Where a change happened. */
  record Origin(String project, String database, String location) {
    private String source() {
      return "//firestore.googleapis.com/projects/%s/databases/%s".formatted(project, database);
    }
  }

  /**
   * An event that nobody has delivered yet.
   *
   * @param document the path below the database's root, such as {@code flow_runs/r1}
   */
  static DocumentChange of(
      String id, Instant time, Origin origin, String document, DocumentEventData data) {
    var headers = new TreeMap<String, String>();
    headers.put("ce-specversion", "1.0");
    headers.put("ce-id", id);
    headers.put("ce-type", WRITTEN);
    headers.put("ce-time", time.toString());
    headers.put("ce-source", origin.source());
    headers.put("ce-subject", "documents/" + document);
    headers.put("ce-dataschema", DATA_SCHEMA);
    headers.put("ce-location", origin.location());
    headers.put("ce-project", origin.project());
    headers.put("ce-database", origin.database());
    headers.put("ce-namespace", "(default)");
    headers.put("ce-document", document);
    headers.put("content-type", "application/protobuf");
    return new DocumentChange(id, headers, masked(data));
  }

  /**
   * What the emulator posts (1.19.9): the same headers, but for a malformed source, and the data as
   * base64 text with an empty mask.
   *
   * @return empty for anything else
   */
  static Optional<DocumentChange> fromEmulator(Map<String, String> headers, byte[] body) {
    var given = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    given.putAll(headers);
    var origin =
        new Origin(
            given.getOrDefault("ce-project", ""),
            given.getOrDefault("ce-database", ""),
            given.getOrDefault("ce-location", ""));
    try {
      var data = DocumentEventData.parseFrom(Base64.getMimeDecoder().decode(body));
      return Optional.of(
          of(
              given.getOrDefault("ce-id", ""),
              Instant.parse(given.getOrDefault("ce-time", "")),
              origin,
              given.getOrDefault("ce-document", ""),
              data));
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** As in production, only an update has a mask. */
  private static DocumentEventData masked(DocumentEventData data) {
    return data.hasValue() && data.hasOldValue()
        ? data.toBuilder()
            .setUpdateMask(UpdateMask.between(data.getOldValue(), data.getValue()))
            .build()
        : data.toBuilder().clearUpdateMask().build();
  }
}
