package io.tda.worker.dispatcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.events.cloud.firestore.v1.ArrayValue;
import com.google.events.cloud.firestore.v1.DocumentEventData;
import com.google.events.cloud.firestore.v1.Value;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the document out of a Firestore event's data, in protobuf or JSON form. */
final class DocumentEventReader {
  private static final JsonFormat.Parser JSON = JsonFormat.parser().ignoringUnknownFields();

  private DocumentEventReader() {}

  /** The document after the change. */
  record Snapshot(Map<String, Object> fields, Instant updateTime) {}

  /**
   * Reads event data.
   *
   * @return empty where the data is none, cannot be read, or holds no document; the run then has to
   *     be read from the database
   */
  static Optional<Snapshot> read(byte[] data, @Nullable String contentType) {
    if (data.length == 0) {
      return Optional.empty();
    }
    try {
      var event = parse(data, contentType);
      return event.hasValue() && event.getValue().hasUpdateTime()
          ? Optional.of(
              new Snapshot(
                  fields(event.getValue().getFieldsMap()),
                  instant(event.getValue().getUpdateTime())))
          : Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  private static DocumentEventData parse(byte[] data, @Nullable String contentType)
      throws InvalidProtocolBufferException {
    if (contentType != null && contentType.contains("json")) {
      var event = DocumentEventData.newBuilder();
      JSON.merge(new String(data, UTF_8), event);
      return event.build();
    }
    return DocumentEventData.parseFrom(data);
  }

  private static Map<String, Object> fields(Map<String, Value> values) {
    var fields = HashMap.<String, Object>newHashMap(values.size());
    values.forEach((name, value) -> {
      var plain = plain(value);
      if (plain != null) {
        fields.put(name, plain);
      }
    });
    return Collections.unmodifiableMap(fields);
  }

  private static @Nullable Object plain(Value value) {
    return switch (value.getValueTypeCase()) {
      case NULL_VALUE, VALUETYPE_NOT_SET -> null;
      case BOOLEAN_VALUE -> value.getBooleanValue();
      case INTEGER_VALUE -> value.getIntegerValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case TIMESTAMP_VALUE -> instant(value.getTimestampValue());
      case STRING_VALUE -> value.getStringValue();
      case REFERENCE_VALUE -> value.getReferenceValue();
      case MAP_VALUE -> fields(value.getMapValue().getFieldsMap());
      case ARRAY_VALUE -> list(value.getArrayValue());
      // Kinds that the worker has no use for; their presence must not hide the rest.
      case BYTES_VALUE, GEO_POINT_VALUE -> value.getValueTypeCase().name();
    };
  }

  private static List<Object> list(ArrayValue array) {
    var list = new ArrayList<Object>(array.getValuesCount());
    array.getValuesList().forEach(element -> list.add(plain(element)));
    return Collections.unmodifiableList(list);
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
