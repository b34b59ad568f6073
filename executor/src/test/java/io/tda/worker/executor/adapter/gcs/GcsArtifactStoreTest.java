package io.tda.worker.executor.adapter.gcs;

import static io.tda.worker.emulator.storage.StorageCall.DOWNLOAD;
import static io.tda.worker.emulator.storage.StorageCall.METADATA;
import static io.tda.worker.emulator.storage.StorageCall.UPLOAD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tda.worker.artifact.ContentResult;
import io.tda.worker.artifact.CreateResult;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.artifact.ReadResult;
import io.tda.worker.emulator.storage.LocalStorageServer;
import io.tda.worker.emulator.storage.StorageFault;
import io.tda.worker.emulator.storage.StorageFaults;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the adapter makes of the answers of the JSON API, good, bad and lost ones. */
class GcsArtifactStoreTest {
  private static final GcsUri REPORT = new GcsUri("reports", "run-1/4h/report_4h:v1 ü+%.json");
  private static final byte[] CONTENT = "{\"output\": 1}".getBytes(UTF_8);
  private static final Map<String, String> METADATA_OF_REPORT = Map.of("claimId", "c-1");
  private static final int ALL_TRIES = 5;

  private final LocalStorageServer server = LocalStorageServer.start();
  private final StorageFaults faults = server.faults();
  private final GcsArtifactStore store = connect(server.endpoint().toString());

  @BeforeEach
  void makeBucket() {
    server.createBucket("reports");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void create_keepsContentTypeAndMetadata() {
    var created = (CreateResult.Created) create();

    var found = (ReadResult.Found) store.read(REPORT, 100);
    assertThat(found.content()).isEqualTo(CONTENT);
    assertThat(found.object().generation()).isEqualTo(created.generation()).isPositive();
    assertThat(found.object().bytes()).isEqualTo(CONTENT.length);
    assertThat(found.object().contentType()).isEqualTo("application/json");
    assertThat(found.object().metadata()).isEqualTo(METADATA_OF_REPORT);
  }

  @Test
  void create_keepsTheFirstWrite_whenTheObjectIsThere() {
    create();

    assertThat(store.create(REPORT, new byte[] {1}, "image/png", Map.of()))
        .isEqualTo(new CreateResult.AlreadyExists());
    assertThat(((ReadResult.Found) store.read(REPORT, 100)).content()).isEqualTo(CONTENT);
  }

  @Test
  void create_succeedsOnce_whenManyTryAtOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<CreateResult> task = this::create;
      var results =
          threads.invokeAll(Stream.generate(() -> task).limit(8).toList()).stream()
              .map(Future::resultNow)
              .toList();
      assertThat(results).filteredOn(CreateResult.Created.class::isInstance).hasSize(1);
    }
  }

  @Test
  void create_saysAlreadyExists_whenTheAnswerToItsOwnWriteIsLost() {
    faults.next(1, UPLOAD, new StorageFault.DropAfter());

    assertThat(create()).isEqualTo(new CreateResult.AlreadyExists());
    assertThat(((ReadResult.Found) store.read(REPORT, 100)).content()).isEqualTo(CONTENT);
  }

  @Test
  void create_isRetriedByTheClient_whenTheServerIsBusy() {
    faults.next(2, UPLOAD, new StorageFault.Answer(503));

    assertThat(create()).isInstanceOf(CreateResult.Created.class);
    assertThat(faults.calls(UPLOAD)).isEqualTo(3);
  }

  @Test
  void create_saysAlreadyExists_whenTheNameIsChangedTooOftenAndTheObjectIsThere() {
    create();
    faults.next(ALL_TRIES, UPLOAD, new StorageFault.Answer(429));

    assertThat(create()).isEqualTo(new CreateResult.AlreadyExists());
  }

  @Test
  void create_failsRetryably_whenTheNameIsChangedTooOftenAndTheObjectIsNotThere() {
    faults.next(ALL_TRIES, UPLOAD, new StorageFault.Answer(429));

    var error = errorOf(this::create);
    assertThat(error.code()).isEqualTo(ErrorCode.GCS_WRITE_FAILED);
    assertThat(error.retryable()).isTrue();
  }

  @Test
  void create_failsForGood_whenDenied() {
    faults.next(1, UPLOAD, new StorageFault.Answer(403));

    var error = errorOf(this::create);
    assertThat(error.code()).isEqualTo(ErrorCode.GCS_WRITE_FAILED);
    assertThat(error.retryable()).isFalse();
    assertThat(faults.calls(UPLOAD)).isEqualTo(1);
  }

  @Test
  void create_failsRetryably_whenTheBucketIsNotThere() {
    var elsewhere = new GcsUri("no-such-bucket", "a");

    var error = errorOf(() -> store.create(elsewhere, CONTENT, "a/b", Map.of()));
    assertThat(error.code()).isEqualTo(ErrorCode.GCS_WRITE_FAILED);
    assertThat(error.retryable()).isTrue();
  }

  @Test
  void create_keepsEveryByte_whenTheContentIsBinaryAndLarge() {
    var content = new byte[300_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31 + i / 256);
    }
    store.create(REPORT, content, "image/png", Map.of());

    assertThat(((ReadResult.Found) store.read(REPORT, 300_000)).content()).isEqualTo(content);
  }

  @Test
  void create_takesAnEmptyObject() {
    store.create(REPORT, new byte[0], "text/plain", Map.of());

    assertThat(((ReadResult.Found) store.read(REPORT, 0)).content()).isEmpty();
  }

  @Test
  void read_fetchesNoContent_whenTheObjectIsTooLarge() {
    create();

    assertThat(store.read(REPORT, CONTENT.length - 1))
        .isEqualTo(new ReadResult.TooLarge(CONTENT.length));
    assertThat(faults.calls(DOWNLOAD)).isZero();
  }

  @Test
  void read_takesOneRoundTripForTheSizeAndOneForTheContent() {
    create();
    store.read(REPORT, CONTENT.length);

    assertThat(List.of(faults.calls(METADATA), faults.calls(DOWNLOAD))).isEqualTo(List.of(1, 1));
  }

  @Test
  void content_takesOneRoundTrip() {
    create();

    assertThat(store.content(REPORT, CONTENT.length)).isInstanceOf(ContentResult.Content.class);
    assertThat(List.of(faults.calls(METADATA), faults.calls(DOWNLOAD))).isEqualTo(List.of(0, 1));
  }

  @Test
  void content_asksOnce_whenTheObjectIsTooLarge() {
    store.create(REPORT, new byte[300_000], "image/png", Map.of());

    assertThat(store.content(REPORT, 1_000)).isEqualTo(new ContentResult.TooLarge(300_000));
    assertThat(List.of(faults.calls(METADATA), faults.calls(DOWNLOAD))).isEqualTo(List.of(1, 1));
  }

  @Test
  void content_survivesALostAnswer_andFailsAsReadsDo() {
    create();
    faults.next(1, DOWNLOAD, new StorageFault.DropBefore());
    assertThat(store.content(REPORT, 100)).isInstanceOf(ContentResult.Content.class);

    faults.next(1, DOWNLOAD, new StorageFault.Answer(403));
    var denied = errorOf(() -> store.content(REPORT, 100));
    assertThat(denied.code()).isEqualTo(ErrorCode.GCS_READ_FAILED);
    assertThat(denied.retryable()).isFalse();

    faults.next(ALL_TRIES, DOWNLOAD, new StorageFault.Answer(503));
    assertThat(errorOf(() -> store.content(REPORT, 100)).retryable()).isTrue();
  }

  @Test
  void read_findsNothing_whenThereIsNoObjectOrNoBucket() {
    assertThat(store.read(REPORT, 10)).isEqualTo(new ReadResult.Missing());
    assertThat(store.read(new GcsUri("no-such-bucket", "a"), 10))
        .isEqualTo(new ReadResult.Missing());
    assertThat(store.find(REPORT)).isEmpty();
  }

  @Test
  void read_failsRetryably_whenTheObjectIsReplacedMeanwhile() {
    create();
    faults.next(1, DOWNLOAD, new StorageFault.Answer(404));

    var error = errorOf(() -> store.read(REPORT, 100));
    assertThat(error.message()).isEqualTo("object was replaced while it was read");
    assertThat(error.retryable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 500, 502, 503, 504})
  void read_failsRetryably_whenTheServerGoesOnFailing(int status) {
    faults.next(ALL_TRIES, METADATA, new StorageFault.Answer(status));

    var error = errorOf(() -> store.read(REPORT, 100));
    assertThat(error.code()).isEqualTo(ErrorCode.GCS_READ_FAILED);
    assertThat(error.retryable()).isTrue();
    assertThat(error.details()).containsEntry("status", status);
  }

  @Test
  void read_failsForGood_whenDenied() {
    create();
    faults.next(1, DOWNLOAD, new StorageFault.Answer(403));

    var error = errorOf(() -> store.read(REPORT, 100));
    assertThat(error.code()).isEqualTo(ErrorCode.GCS_READ_FAILED);
    assertThat(error.retryable()).isFalse();
    assertThat(error.details()).containsEntry("gcs_uri", REPORT.toString());
  }

  @Test
  void read_endsInBoundedTime_whenTheServerIsSilent() {
    faults.next(ALL_TRIES, METADATA, new StorageFault.Slow(Duration.ofMinutes(1)));
    var impatient =
        new GcsCallBounds(
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofMillis(1));
    var store = GcsArtifactStore.connect("p-1", server.endpoint().toString(), impatient, impatient);

    var error = errorOf(() -> store.read(REPORT, 100));
    assertThat(error.code()).isEqualTo(ErrorCode.GCS_READ_FAILED);
    assertThat(error.retryable()).isTrue();
    assertThat(error.details()).containsEntry("status", 0);
  }

  @Test
  void read_survivesALostAnswer() {
    create();
    faults.next(1, DOWNLOAD, new StorageFault.DropBefore());

    assertThat(store.read(REPORT, 100)).isInstanceOf(ReadResult.Found.class);
  }

  @Test
  void faults_repeatNeitherTheServersWordsNorTheContent() {
    faults.next(ALL_TRIES, UPLOAD, new StorageFault.Answer(503));

    var fault = catchThrowableOfType(StepException.class, this::create);
    assertThat(fault.getMessage() + fault.error())
        .doesNotContain("backendError", "output")
        .contains("object storage call failed");
  }

  @Test
  void connect_takesAnEmulatorHostWithoutAScheme() {
    create();
    URI endpoint = server.endpoint();

    assertThat(connect(endpoint.getHost() + ":" + endpoint.getPort()).find(REPORT)).isPresent();
  }

  private CreateResult create() {
    return store.create(
        REPORT, Arrays.copyOf(CONTENT, CONTENT.length), "application/json", METADATA_OF_REPORT);
  }

  private static StepError errorOf(ThrowingCallable call) {
    return catchThrowableOfType(StepException.class, call).error();
  }

  private static GcsArtifactStore connect(String host) {
    var quick =
        new GcsCallBounds(
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofMillis(1));
    return GcsArtifactStore.connect("p-1", host, quick, quick);
  }
}
