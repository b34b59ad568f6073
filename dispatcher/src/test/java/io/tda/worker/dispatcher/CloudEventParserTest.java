package io.tda.worker.dispatcher;

import static io.tda.worker.dispatcher.FirestoreEvents.PROTOBUF;
import static io.tda.worker.dispatcher.FirestoreEvents.WRITTEN;
import static io.tda.worker.dispatcher.FirestoreEvents.changed;
import static io.tda.worker.dispatcher.FirestoreEvents.document;
import static io.tda.worker.dispatcher.FirestoreEvents.headers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.events.cloud.firestore.v1.DocumentEventData;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.tda.worker.config.RunIdFilter;
import io.tda.worker.dispatcher.CloudEventParser.EventScope;
import io.tda.worker.dispatcher.CloudEventParser.Result;
import io.tda.worker.flow.RunFixtures;
import io.tda.worker.id.RunId;
import io.tda.worker.log.IngressEvent.CloudEventIgnored.Reason;
import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentRef;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventParserTest {
  private static final Instant UPDATED = Instant.parse("2026-03-01T11:59:59.654321Z");
  private static final String SUBJECT = "documents/flow_runs/run-1";
  private static final Map<String, Object> FIELDS =
      RunFixtures.run("RUNNING", Map.of("a", RunFixtures.step("READY")));
  private static final byte[] DATA = changed(FIELDS, UPDATED).toByteArray();
  private static final byte[] NONE = {};

  private final CloudEventParser parser =
      new CloudEventParser(new EventScope("(default)", "flow_runs", RunIdFilter.ALL));

  @Test
  void parse_givesTheDocumentAfterTheChange_ofABinaryEventWithProtobufData() {
    var result = parse(headers(WRITTEN, SUBJECT), DATA);

    assertThat(result)
        .isEqualTo(
            new Result.Changed(
                new FlowRunEvent(
                    "event-1", new RunId("run-1"), snapshot(), FirestoreEvents.TRACEPARENT),
                WRITTEN,
                SUBJECT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "Application/JSON; charset=utf-8"})
  void parse_readsJsonData(String contentType) throws InvalidProtocolBufferException {
    var headers = headers(WRITTEN, SUBJECT);
    headers.put("content-type", contentType);

    assertThat(event(parse(headers, json())).snapshot()).isEqualTo(snapshot());
  }

  @Test
  void parse_readsStructuredMode_withDataAsJson() throws InvalidProtocolBufferException {
    var body = structured("application/json", "\"data\":" + new String(json(), UTF_8));

    assertThat(event(parse(structuredHeaders(), body)).snapshot()).isEqualTo(snapshot());
  }

  @Test
  void parse_readsStructuredMode_withDataInBase64() {
    var base64 = Base64.getEncoder().encodeToString(DATA);
    var event = event(parse(structuredHeaders(), structured(PROTOBUF, base64Data(base64))));

    assertThat(event.snapshot()).isEqualTo(snapshot());
    assertThat(event.id()).isEqualTo("event-2");
    assertThat(event.traceparent()).isEqualTo(FirestoreEvents.TRACEPARENT);
  }

  @Test
  void parse_readsHeadersInAnyCase() {
    var upper = new TreeMap<String, String>();
    headers(WRITTEN, SUBJECT)
        .forEach((name, value) -> upper.put(name.toUpperCase(Locale.ROOT), value));

    assertThat(event(parse(upper, DATA)))
        .isEqualTo(event(parse(headers(WRITTEN, SUBJECT), DATA)))
        .extracting(FlowRunEvent::traceparent)
        .isEqualTo(FirestoreEvents.TRACEPARENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "not protobuf at all", "\n\u0003abc"})
  void parse_doesWithoutASnapshot_whenTheBodyCannotBeRead(String body) {
    assertThat(event(parse(headers(WRITTEN, SUBJECT), body.getBytes(UTF_8))).snapshot()).isNull();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"application/json", "text/plain", "nonsense"})
  void parse_doesWithoutASnapshot_whenTheContentTypeIsNotThatOfTheBody(String contentType) {
    var headers = headers(WRITTEN, SUBJECT);
    headers.remove("content-type");
    if (contentType != null) {
      headers.put("content-type", contentType);
    }

    assertThat(event(parse(headers, "[\"x\"]".getBytes(UTF_8))).snapshot()).isNull();
  }

  @Test
  void parse_doesWithoutASnapshot_whenJsonIsNestedForEver() {
    var headers = headers(WRITTEN, SUBJECT);
    headers.put("content-type", "application/json");

    assertThat(event(parse(headers, "[".repeat(1_000_000).getBytes(UTF_8))).snapshot()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"created", "updated", "written"})
  void parse_acceptsEveryKindOfChange(String kind) {
    var type = "google.cloud.firestore.document.v1." + kind;

    assertThat(parse(headers(type, SUBJECT), NONE)).isInstanceOf(Result.Changed.class);
    assertThat(parse(headers(type + ".withAuthContext", SUBJECT), NONE))
        .isInstanceOf(Result.Changed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "google.cloud.firestore.document.v1.deleted",
        "google.cloud.firestore.document.v1.deleted.withAuthContext",
        "google.cloud.firestore.document.v1.written.withAuthContext.withAuthContext",
        "google.cloud.firestore.document.v2.written",
        "google.cloud.storage.object.v1.finalized",
        "written"
      })
  void parse_ignoresOtherTypes(String type) {
    assertThat(parse(headers(type, SUBJECT), DATA))
        .isEqualTo(new Result.Ignored("event-1", type, SUBJECT, Reason.EVENT_TYPE_FILTERED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "documents/other/run-1",
        "documents/flow_runs/run-1/notes/1",
        "documents/users/1/flow_runs/run-1",
        "documents/users/documents/flow_runs/run-1",
        "documents/flow_runs/run-1/",
        "documents/flow_runs/",
        "documents/flow_runs",
        "flow_runs/run-1",
        "documents/flow_runs/with.dot",
        "documents/flow_runs/__reserved__",
        "documents/FLOW_RUNS/run-1",
        "nothing"
      })
  void parse_ignoresSubjectsThatAreNoRun(String subject) {
    assertThat(parse(headers(WRITTEN, subject), DATA))
        .isEqualTo(new Result.Ignored("event-1", WRITTEN, subject, Reason.INVALID_SUBJECT));
  }

  @Test
  void parse_ignoresAnEventWithoutASubject() {
    var headers = headers(WRITTEN, SUBJECT);
    headers.remove("ce-subject");

    assertThat(parse(headers, DATA))
        .isEqualTo(new Result.Ignored("event-1", WRITTEN, "", Reason.INVALID_SUBJECT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "documents/flow_runs/flow_runs",
        "documents/flow_runs/documents",
        "projects/demo/databases/(default)/documents/flow_runs/run-1"
      })
  void parse_findsTheRun_whateverItIsCalled(String subject) {
    var name = subject.substring(subject.lastIndexOf('/') + 1);

    assertThat(event(parse(headers(WRITTEN, subject), NONE)).runId()).isEqualTo(new RunId(name));
  }

  @Test
  void parse_ignoresOtherDatabases() {
    var headers = headers(WRITTEN, SUBJECT);
    headers.put("ce-database", "archive");

    assertThat(parse(headers, DATA))
        .isEqualTo(new Result.Ignored("event-1", WRITTEN, SUBJECT, Reason.INVALID_SUBJECT));
  }

  @Test
  void parse_takesAnEventThatNamesNoDatabase() {
    var headers = headers(WRITTEN, SUBJECT);
    headers.remove("ce-database");

    assertThat(parse(headers, DATA)).isInstanceOf(Result.Changed.class);
  }

  @Test
  void parse_ignoresRunsOfOtherEnvironments() {
    var demoOnly = RunIdFilter.matching(Pattern.compile(".*_demo"));
    var narrow = new CloudEventParser(new EventScope("(default)", "flow_runs", demoOnly));

    assertThat(narrow.parse(new CloudEventRequest(headers(WRITTEN, SUBJECT), DATA)))
        .isInstanceOf(Result.Ignored.class);
    assertThat(narrow.parse(new CloudEventRequest(headers(WRITTEN, SUBJECT + "_demo"), DATA)))
        .isInstanceOf(Result.Changed.class);
  }

  @Test
  void parse_knowsADeletion_whichNoReadCanAddTo() {
    var deleted = DocumentEventData.newBuilder().setOldValue(document(FIELDS, UPDATED)).build();

    assertThat(parse(headers(WRITTEN, SUBJECT), deleted.toByteArray()))
        .isEqualTo(new Result.Ignored("event-1", WRITTEN, SUBJECT, Reason.FLOW_RUN_NOT_FOUND));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce-specversion", "ce-id", "ce-source", "ce-type"})
  void parse_refusesWhatLacksARequiredHeader(String header) {
    var headers = headers(WRITTEN, SUBJECT);
    headers.remove(header);

    assertThat(parse(headers, DATA)).isEqualTo(new Result.NotACloudEvent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce-specversion=7", "ce-time=yesterday", "ce-source=::", "ce-id="})
  void parse_refusesWhatBreaksTheCloudEventsRules(String header) {
    var headers = headers(WRITTEN, SUBJECT);
    headers.put(header.split("=", -1)[0], header.split("=", -1)[1]);

    assertThat(parse(headers, DATA)).isEqualTo(new Result.NotACloudEvent());
  }

  @Test
  void parse_refusesAnIdThatNoClaimCouldCarry() {
    var headers = headers(WRITTEN, SUBJECT);
    headers.put("ce-id", "x".repeat(1_025));

    assertThat(parse(headers, DATA)).isEqualTo(new Result.NotACloudEvent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{\"specversion\":\"1.0\"}", "\u0000"})
  void parse_refusesStructuredModeThatIsNoEvent(String body) {
    assertThat(parse(structuredHeaders(), body.getBytes(UTF_8)))
        .isEqualTo(new Result.NotACloudEvent());
  }

  @Test
  void parse_refusesABatch() {
    var headers = Map.of("content-type", "application/cloudevents-batch+json");

    assertThat(parse(headers, "[]".getBytes(UTF_8))).isEqualTo(new Result.NotACloudEvent());
  }

  @Test
  void parse_readsABodyOfTwoMebibytes() {
    var large = Map.<String, Object>of("status", "RUNNING", "notes", "x".repeat(2_000_000));

    var snapshot =
        event(parse(headers(WRITTEN, SUBJECT), changed(large, UPDATED).toByteArray())).snapshot();

    assertThat(requireNonNull(snapshot).data()).isEqualTo(large);
  }

  @Test
  void aRequestAndItsEvent_doNotShowWhatTheyCarry() {
    var headers = headers(WRITTEN, SUBJECT);
    headers.put("authorization", "CANARY-SECRET-0001");
    var fields = Map.<String, Object>of("notes", "CANARY-PROMPT-PHRASE");
    var request = new CloudEventRequest(headers, changed(fields, UPDATED).toByteArray());

    assertThat(request.toString() + parser.parse(request)).doesNotContain("CANARY");
  }

  private Result parse(Map<String, String> headers, byte[] body) {
    return parser.parse(new CloudEventRequest(headers, body));
  }

  private static FlowRunEvent event(Result result) {
    assertThat(result).isInstanceOf(Result.Changed.class);
    return ((Result.Changed) result).event();
  }

  private static Document snapshot() {
    return new Document(new DocumentRef("flow_runs", "run-1"), FIELDS, UPDATED);
  }

  private static byte[] json() throws InvalidProtocolBufferException {
    return JsonFormat.printer().print(changed(FIELDS, UPDATED)).getBytes(UTF_8);
  }

  private static Map<String, String> structuredHeaders() {
    return Map.of(
        "content-type",
        "application/cloudevents+json; charset=utf-8",
        "traceparent",
        FirestoreEvents.TRACEPARENT);
  }

  private static String base64Data(String base64) {
    return "\"data_base64\":\"" + base64 + "\"";
  }

  private static byte[] structured(String contentType, String data) {
    return """
    {"specversion": "1.0", "id": "event-2", "source": "//firestore", "type": "%s",
     "subject": "%s", "database": "(default)", "datacontenttype": "%s", %s}
    """
        .formatted(WRITTEN, SUBJECT, contentType, data)
        .getBytes(UTF_8);
  }
}
