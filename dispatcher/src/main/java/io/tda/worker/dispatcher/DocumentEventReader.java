package io.tda.worker.dispatcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.events.cloud.firestore.v1.ArrayValue;
import com.google.events.cloud.firestore.v1.DocumentEventData;
import com.google.events.cloud.firestore.v1.Value;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the document out of a Firestore event's data, in protobuf or JSON form. */
final class DocumentEventReader {
  private static final JsonFormat.Parser JSON = JsonFormat.parser().ignoringUnknownFields();

  private DocumentEventReader() {}

  /** What event data says. */
  sealed interface Content {

    /** The document after the change. */
    record Present(Map<String, Object> fields, Instant updateTime) implements Content {}

    /** There is no document after the change, only before. */
    record Deleted() implements Content {}

    /** Nothing that can be read; the document has to be read from the database. */
    record Unreadable() implements Content {}
  }

  /** Reads event data; it never fails. */
  static Content read(byte[] data, @Nullable String contentType) {
    try {
      var event = parse(data, contentType);
      if (!event.hasValue()) {
        return event.hasOldValue() ? new Content.Deleted() : new Content.Unreadable();
      }
      var document = event.getValue();
      return document.hasUpdateTime()
          ? new Content.Present(fields(document.getFieldsMap()), instant(document.getUpdateTime()))
          : new Content.Unreadable();
    } catch (InvalidProtocolBufferException | DateTimeException e) {
      return new Content.Unreadable();
    }
  }

  private static DocumentEventData parse(byte[] data, @Nullable String contentType)
      throws InvalidProtocolBufferException {
    if (contentType != null && contentType.toLowerCase(Locale.ROOT).contains("json")) {
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
      case NULL_VALUE -> null;
      case BOOLEAN_VALUE -> value.getBooleanValue();
      case INTEGER_VALUE -> value.getIntegerValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case TIMESTAMP_VALUE -> instant(value.getTimestampValue());
      case STRING_VALUE -> value.getStringValue();
      case REFERENCE_VALUE -> value.getReferenceValue();
      case MAP_VALUE -> fields(value.getMapValue().getFieldsMap());
      case ARRAY_VALUE -> list(value.getArrayValue());
      // Kinds that the worker has no use for, or that are newer than it. Their presence must not
      // hide the rest, and as nothing at all they would count as absent.
      case BYTES_VALUE, GEO_POINT_VALUE, VALUETYPE_NOT_SET ->
          "(" + value.getValueTypeCase().name() + ")";
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
