package io.tda.worker.dispatcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.events.cloud.firestore.v1.DocumentEventData;
import com.google.protobuf.util.JsonFormat;
import io.tda.worker.adapter.firestore.FirestoreDocumentStore;
import io.tda.worker.adapter.firestore.FirestoreEmulator;
import io.tda.worker.adapter.firestore.FirestoreFlowRunRepository;
import io.tda.worker.adapter.firestore.FirestoreLeaseRepository;
import io.tda.worker.adapter.http.CallerCheck;
import io.tda.worker.adapter.http.Draining;
import io.tda.worker.adapter.http.HttpEdge;
import io.tda.worker.adapter.http.HttpServer;
import io.tda.worker.config.RunIdFilter;
import io.tda.worker.dispatcher.http.FlowRunEvents;
import io.tda.worker.flow.RunFixtures;
import io.tda.worker.log.IngressEvent.CloudEventIgnored;
import io.tda.worker.log.IngressEvent.CloudEventIgnored.Reason;
import io.tda.worker.log.OutputEvent.PushFinished;
import io.tda.worker.log.RecordingEventLogger;
import io.tda.worker.store.CountingDocumentStore;
import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import io.tda.worker.time.ThreadSleeper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CloudEvents in all their forms, over HTTP, against Google's Firestore emulator. */
class CloudEventsOverHttpIT {
  private static final String TYPE = "google.cloud.firestore.document.v1.";
  private static final int MIB = 1024 * 1024;

  private final FirestoreDocumentStore firestore = FirestoreEmulator.connect();
  private final CountingDocumentStore store = new CountingDocumentStore(firestore);
  private final RecordingStepPublisher published = new RecordingStepPublisher();
  private final RecordingEventLogger log = new RecordingEventLogger();
  private final HttpServer server = serve();
  private final HttpClient client = HttpClient.newHttpClient();
  private final String run =
      "20260301-120000_LINKUSDT_" + UUID.randomUUID().toString().substring(0, 8);
  private final Map<String, String> headers = headers("written");

  @AfterEach
  void stop() {
    client.close();
    server.close();
    firestore.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "created",
        "updated",
        "written",
        "created.withAuthContext",
        "updated.withAuthContext",
        "written.withAuthContext"
      })
  void event_isClaimedWithoutARead_whenItBringsTheDocument(String kind) throws Exception {
    var document = put("READY");
    headers.put("ce-type", TYPE + kind);

    assertThat(post(data(document).toByteArray())).isEqualTo(204);
    assertThat(published.claims()).hasSize(1);
    assertThat(store.reads()).isZero();
    assertThat(store.commits()).hasSize(1);
  }

  @Test
  void event_isClaimed_whenItsDataAreJson() throws Exception {
    headers.put("content-type", "application/json");

    assertThat(post(JsonFormat.printer().print(data(put("READY"))).getBytes(UTF_8))).isEqualTo(204);
    assertThat(published.claims()).hasSize(1);
    assertThat(store.reads()).isZero();
  }

  @Test
  void event_isClaimed_inStructuredMode() throws Exception {
    var base64 = Base64.getEncoder().encodeToString(data(put("READY")).toByteArray());
    var event =
        """
        {"specversion":"1.0","id":"e-1","source":"//firestore","type":"%swritten","subject":"documents/flow_runs/%s",
         "database":"(default)","datacontenttype":"application/protobuf","data_base64":"%s"}
        """
            .formatted(TYPE, run, base64);
    headers.clear();
    headers.put("Content-Type", "application/cloudevents+json");

    assertThat(post(event.getBytes(UTF_8))).isEqualTo(204);
    assertThat(published.claims()).hasSize(1);
    assertThat(store.reads()).isZero();
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void event_isClaimedAfterOneRead_whenItsBodyCannotBeRead(byte[] body) throws Exception {
    put("READY");

    assertThat(post(body)).isEqualTo(204);
    assertThat(published.claims()).hasSize(1);
    assertThat(store.reads()).isEqualTo(1);
  }

  static Stream<byte[]> unreadable() {
    return Stream.of(new byte[0], "garbage".getBytes(UTF_8), new byte[2 * MIB]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RUNNING", "SUCCEEDED", "FAILED", "PENDING", "CANCELLED", "SKIPPED"})
  void event_costsNoRead_whenItsDocumentShowsThatThereIsNothingToDo(String status)
      throws Exception {
    assertThat(post(data(put(status)).toByteArray())).isEqualTo(204);
    assertUntouched();
    assertThat(log.names()).contains("cloud_event_noop");
  }

  @Test
  void event_costsNoRead_whenItsDocumentIsAsLargeAsTheLimitAllows() throws Exception {
    var document = document("RUNNING");
    var data = data(document);
    var padding = "x".repeat(2 * MIB - data.getSerializedSize() - 100);
    var padded =
        data.toBuilder()
            .setOldValue(FirestoreEvents.document(Map.of("padding", padding), Instant.EPOCH))
            .build();

    assertThat(padded.getSerializedSize()).isBetween(2 * MIB - 200, 2 * MIB);
    assertThat(post(padded.toByteArray())).isEqualTo(204);
    assertUntouched();
  }

  @Test
  void event_isTooLarge_beyondTheLimit() throws Exception {
    assertThat(post(new byte[2 * MIB + 1])).isEqualTo(413);
    assertUntouched();
    assertThat(log.entries()).extracting(it -> it.event()).containsExactly(new PushFinished(413));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "documents/other/RUN",
        "documents/flow_runs/RUN/notes/n1",
        "documents/tenants/t1/flow_runs/RUN",
        "documents/flow_runs",
        "documents/flow_runs/",
        "flow_runs/RUN",
        "documents/flow_runs/..",
        "documents/step_leases/RUN~a"
      })
  void event_isIgnoredWithoutARead_whenItIsAboutAnotherDocument(String subject) throws Exception {
    var document = put("READY");
    headers.put("ce-subject", subject.replace("RUN", run));

    assertThat(post(data(document).toByteArray())).isEqualTo(204);
    assertIgnored(Reason.INVALID_SUBJECT);
  }

  @Test
  void event_isIgnoredWithoutARead_whenItIsOfAnotherDatabase() throws Exception {
    var document = put("READY");
    headers.put("ce-database", "other");

    assertThat(post(data(document).toByteArray())).isEqualTo(204);
    assertIgnored(Reason.INVALID_SUBJECT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "google.cloud.firestore.document.v1.deleted",
        "google.cloud.firestore.document.v2.written",
        "google.cloud.storage.object.v1.finalized"
      })
  void event_isIgnoredWithoutARead_whenItIsOfAnotherType(String type) throws Exception {
    var document = put("READY");
    headers.put("ce-type", type);

    assertThat(post(data(document).toByteArray())).isEqualTo(204);
    assertIgnored(Reason.EVENT_TYPE_FILTERED);
  }

  @Test
  void event_isIgnoredAfterOneRead_whenThereIsNoSuchRun() throws Exception {
    assertThat(post(new byte[0])).isEqualTo(204);
    assertThat(store.reads()).isEqualTo(1);
    assertThat(log.events(CloudEventIgnored.class))
        .containsExactly(CloudEventIgnored.because(Reason.FLOW_RUN_NOT_FOUND));
  }

  @Test
  void event_republishesItsOwnClaim_whenItIsDeliveredTwice() throws Exception {
    var body = data(put("READY")).toByteArray();
    post(body);
    post(body);

    assertThat(published.claims()).hasSize(2);
    assertThat(published.claims().getFirst()).isEqualTo(published.claims().getLast());
  }

  @Test
  void request_isRefused_whenItIsNoCloudEvent() throws Exception {
    headers.clear();

    assertThat(post("{}".getBytes(UTF_8))).isEqualTo(400);
    assertUntouched();
    assertThat(log.entries()).extracting(it -> it.event()).containsExactly(new PushFinished(400));
  }

  private void assertIgnored(Reason reason) {
    assertUntouched();
    assertThat(log.events(CloudEventIgnored.class))
        .containsExactly(CloudEventIgnored.because(reason));
  }

  private void assertUntouched() {
    assertThat(store.reads()).isZero();
    assertThat(store.commits()).isEmpty();
    assertThat(published.claims()).isEmpty();
  }

  private int post(byte[] body) throws Exception {
    var uri = URI.create("http://127.0.0.1:" + server.port() + FlowRunEvents.PATH);
    var request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return client.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private Map<String, String> headers(String kind) {
    return new HashMap<>(FirestoreEvents.headers(TYPE + kind, "documents/flow_runs/" + run));
  }

  private static DocumentEventData data(Document document) {
    return FirestoreEvents.changed(document.data(), document.updateTime());
  }

  private Document put(String status) {
    var document = document(status);
    firestore.commit(
        List.of(new Write.Set(document.ref(), document.data(), new Precondition.None())));
    return firestore.getAll(List.of(document.ref())).getFirst().orElseThrow();
  }

  private Document document(String status) {
    var fields = RunFixtures.run("RUNNING", Map.of("a", RunFixtures.step(status)));
    return new Document(new DocumentRef("flow_runs", run), fields, Instant.EPOCH);
  }

  private HttpServer serve() {
    var collections = DispatcherFixture.COLLECTIONS;
    var handler =
        DispatcherAssembly.eventHandler(
            new DispatcherAssembly.Ports(
                new FirestoreFlowRunRepository(store, collections),
                new FirestoreLeaseRepository(store, collections),
                published,
                log),
            1,
            new StepClaimer.Terms(4, DispatcherFixture.LEASE),
            new StepClaimer.Surroundings(
                InstantSource.system(), new SecureRandom(), new ThreadSleeper()));
    var parser =
        new CloudEventParser(
            new CloudEventParser.EventScope("(default)", "flow_runs", RunIdFilter.ALL));
    var edge = new HttpEdge(2 * MIB, Duration.ofSeconds(20), CallerCheck.NONE, new Draining(), log);
    return HttpServer.start(
        0, edge, Map.of(FlowRunEvents.PATH, new FlowRunEvents(parser, handler, log)));
  }
}
