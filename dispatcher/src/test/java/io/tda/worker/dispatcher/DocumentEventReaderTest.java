package io.tda.worker.dispatcher;

import static io.tda.worker.dispatcher.FirestoreEvents.changed;
import static io.tda.worker.dispatcher.FirestoreEvents.document;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.events.cloud.firestore.v1.DocumentEventData;
import com.google.events.cloud.firestore.v1.Value;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.type.LatLng;
import io.tda.worker.dispatcher.DocumentEventReader.Content;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentEventReaderTest {
  private static final Instant UPDATED = Instant.parse("2026-03-01T11:59:59.654321Z");

  static Stream<Object> plainValues() {
    return Stream.of(
        true,
        Long.MIN_VALUE,
        1.5,
        "text",
        "",
        Instant.parse("1969-12-31T23:59:59.000001Z"),
        List.of(),
        List.of(1L, List.of("nested"), Map.of("in", "list")),
        Map.of(),
        Map.of("a.b", Map.of("c/d", Map.of("deep", false))));
  }

  @ParameterizedTest
  @MethodSource("plainValues")
  void read_givesValuesAsTheyAreStored(Object plain) {
    assertThat(fields(Map.of("field", plain))).isEqualTo(Map.of("field", plain));
  }

  @Test
  void read_leavesOutNulls_butKeepsTheirPlacesInLists() {
    var stored = new HashMap<String, Object>();
    stored.put("gone", null);
    stored.put("list", Arrays.asList("a", null, "b"));

    assertThat(fields(stored)).isEqualTo(Map.of("list", Arrays.asList("a", null, "b")));
  }

  static Stream<Value> otherKinds() {
    return Stream.of(
        Value.newBuilder().setBytesValue(ByteString.copyFromUtf8("CANARY-PROMPT-PHRASE")).build(),
        Value.newBuilder().setGeoPointValue(LatLng.newBuilder().setLatitude(1)).build(),
        Value.getDefaultInstance());
  }

  @ParameterizedTest
  @MethodSource("otherKinds")
  void read_keepsAWordForKindsItDoesNotKnow_soThatTheyAreNotAbsent(Value other) {
    var fields = fields(Map.of("other", other, "list", List.of(other), "text", "kept"));

    assertThat(fields).containsEntry("text", "kept").containsOnlyKeys("other", "list", "text");
    assertThat(fields.get("other")).isEqualTo("(" + other.getValueTypeCase().name() + ")");
  }

  @Test
  void read_givesAReferenceAsItsPath() {
    var reference = Value.newBuilder().setReferenceValue("projects/p/documents/x").build();

    assertThat(fields(Map.of("ref", reference))).containsEntry("ref", "projects/p/documents/x");
  }

  @Test
  void read_keepsTheUpdateTimeExact() {
    assertThat(DocumentEventReader.read(changed(Map.of(), UPDATED).toByteArray(), null))
        .isEqualTo(new Content.Present(Map.of(), UPDATED));
  }

  @Test
  void read_tellsADeletionFromAnEmptyBody() {
    var deletion = DocumentEventData.newBuilder().setOldValue(document(Map.of(), UPDATED)).build();

    assertThat(DocumentEventReader.read(deletion.toByteArray(), null))
        .isEqualTo(new Content.Deleted());
    assertThat(DocumentEventReader.read(new byte[0], null)).isEqualTo(new Content.Unreadable());
  }

  @Test
  void read_needsAnUpdateTime_forTheClaimIsHeldToIt() {
    var without = DocumentEventData.newBuilder();
    without.getValueBuilder().putFields("status", FirestoreEvents.value("RUNNING"));

    assertThat(DocumentEventReader.read(without.build().toByteArray(), null))
        .isEqualTo(new Content.Unreadable());
  }

  @Test
  void read_survivesATimeThatIsNone() {
    var never = Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).build();
    var event = changed(Map.of(), UPDATED).toBuilder();
    event.getValueBuilder().setUpdateTime(never);

    assertThat(DocumentEventReader.read(event.build().toByteArray(), null))
        .isEqualTo(new Content.Unreadable());
  }

  @Test
  void read_ignoresJsonFieldsItDoesNotKnow() {
    var json =
        """
        {"value": {"updateTime": "2026-03-01T11:59:59.654321Z", "new": 1,
                   "fields": {"a": {"stringValue": "x"}, "b": {"newValue": {}}}}}
        """;

    assertThat(DocumentEventReader.read(json.getBytes(UTF_8), "application/json"))
        .isEqualTo(new Content.Present(Map.of("a", "x", "b", "(VALUETYPE_NOT_SET)"), UPDATED));
  }

  private static Map<String, Object> fields(Map<String, Object> stored) {
    var content = DocumentEventReader.read(changed(stored, UPDATED).toByteArray(), null);
    assertThat(content).isInstanceOf(Content.Present.class);
    return ((Content.Present) content).fields();
  }
}
