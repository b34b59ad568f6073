package io.tda.worker.bench;

import com.google.events.cloud.firestore.v1.ArrayValue;
import com.google.events.cloud.firestore.v1.Document;
import com.google.events.cloud.firestore.v1.DocumentEventData;
import com.google.events.cloud.firestore.v1.MapValue;
import com.google.events.cloud.firestore.v1.Value;
import com.google.protobuf.NullValue;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of an event as Eventarc posts it: the changed document in protobuf. */
public final class EventBody {
  private EventBody() {}

  static byte[] of(String name, Map<String, Object> fields, Instant updateTime) {
    return DocumentEventData.newBuilder()
        .setValue(document(name, fields, updateTime))
        .build()
        .toByteArray();
  }

  /** The document alone. */
  public static Document document(String name, Map<String, Object> fields, Instant updateTime) {
    return Document.newBuilder()
        .setName(name)
        .putAllFields(map(fields).getFieldsMap())
        .setCreateTime(timestamp(updateTime))
        .setUpdateTime(timestamp(updateTime))
        .build();
  }

  private static Value value(@Nullable Object plain) {
    var value = Value.newBuilder();
    return switch (plain) {
      case null -> value.setNullValue(NullValue.NULL_VALUE).build();
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

  private static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
