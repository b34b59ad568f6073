package io.tda.worker.local.bridge;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.Blob;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.GeoPoint;
import com.google.events.cloud.firestore.v1.ArrayValue;
import com.google.events.cloud.firestore.v1.MapValue;
import com.google.events.cloud.firestore.v1.Value;
import com.google.protobuf.NullValue;
import com.google.type.LatLng;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Field values of Firestore's client in the form that events have. */
final class EventValues {
  private EventValues() {}

  static Value of(@Nullable Object plain) {
    var value = Value.newBuilder();
    return switch (plain) {
      case null -> value.setNullValue(NullValue.NULL_VALUE).build();
      case Boolean flag -> value.setBooleanValue(flag).build();
      case Long number -> value.setIntegerValue(number).build();
      case Double number -> value.setDoubleValue(number).build();
      case String text -> value.setStringValue(text).build();
      case Timestamp time -> value.setTimestampValue(time.toProto()).build();
      case Blob bytes -> value.setBytesValue(bytes.toByteString()).build();
      case DocumentReference reference -> value.setReferenceValue(reference.getPath()).build();
      case GeoPoint point ->
          value
              .setGeoPointValue(
                  LatLng.newBuilder()
                      .setLatitude(point.getLatitude())
                      .setLongitude(point.getLongitude()))
              .build();
      case List<?> list -> {
        var array = ArrayValue.newBuilder();
        list.forEach(element -> array.addValues(of(element)));
        yield value.setArrayValue(array).build();
      }
      case Map<?, ?> map -> {
        var fields = MapValue.newBuilder();
        map.forEach((name, field) -> fields.putFields((String) name, of(field)));
        yield value.setMapValue(fields).build();
      }
      default -> throw new IllegalArgumentException("no field value: " + plain.getClass());
    };
  }
}
