package io.tda.worker.dispatcher;

import com.google.events.cloud.firestore.v1.ArrayValue;
import com.google.events.cloud.firestore.v1.Document;
import com.google.events.cloud.firestore.v1.DocumentEventData;
import com.google.events.cloud.firestore.v1.DocumentMask;
import com.google.events.cloud.firestore.v1.MapValue;
import com.google.events.cloud.firestore.v1.Value;
import com.google.protobuf.NullValue;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events in the form in which Eventarc posts them. */
final class FirestoreEvents {
  static final String WRITTEN = "google.cloud.firestore.document.v1.written";
  static final String PROTOBUF = "application/protobuf";
  static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private FirestoreEvents() {}

  /** The headers of an event in binary mode. */
  static Map<String, String> headers(String type, String subject) {
    var headers = new HashMap<String, String>();
    headers.put("ce-specversion", "1.0");
    headers.put("ce-id", "event-1");
    headers.put("ce-source", "//firestore.googleapis.com/projects/demo/databases/(default)");
    headers.put("ce-type", type);
    headers.put("ce-subject", subject);
    headers.put("ce-time", "2026-03-01T12:00:00.123456Z");
    headers.put("ce-database", "(default)");
    headers.put("content-type", PROTOBUF);
    headers.put("traceparent", TRACEPARENT);
    return headers;
  }

  /** What a change to these fields brings: value, old value and mask. */
  static DocumentEventData changed(Map<String, Object> fields, Instant updateTime) {
    var document = document(fields, updateTime);
    return DocumentEventData.newBuilder()
        .setValue(document)
        .setOldValue(document.toBuilder().clearFields())
        .setUpdateMask(DocumentMask.newBuilder().addFieldPaths("steps.a.status"))
        .build();
  }

  static Document document(Map<String, Object> fields, Instant updateTime) {
    return Document.newBuilder()
        .setName("projects/demo/databases/(default)/documents/flow_runs/run-1")
        .putAllFields(map(fields).getFieldsMap())
        .setUpdateTime(timestamp(updateTime))
        .build();
  }

  static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  static Value value(@Nullable Object plain) {
    var value = Value.newBuilder();
    return switch (plain) {
      case null -> value.setNullValue(NullValue.NULL_VALUE).build();
      case Value ready -> ready;
      case Boolean flag -> value.setBooleanValue(flag).build();
      case Long number -> value.setIntegerValue(number).build();
      case Double number -> value.setDoubleValue(number).build();
      case String text -> value.setStringValue(text).build();
      case Instant time -> value.setTimestampValue(timestamp(time)).build();
      case List<?> list -> {
        var array = ArrayValue.newBuilder();
        list.forEach(element -> array.addValues(value(element)));
        yield value.setArrayValue(array).build();
      }
      case Map<?, ?> map -> value.setMapValue(map(map)).build();
      default -> throw new IllegalArgumentException("no value: " + plain.getClass());
    };
  }

  private static MapValue map(Map<?, ?> fields) {
    var map = MapValue.newBuilder();
    fields.forEach((name, plain) -> map.putFields((String) name, value(plain)));
    return map.build();
  }
}
