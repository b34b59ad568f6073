package io.tda.worker.adapter.firestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.Blob;
import com.google.cloud.firestore.GeoPoint;
import io.tda.worker.adapter.firestore.FirestoreDocumentStore.Limits;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepException;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of the client's exceptions and values; no emulator needed. */
class FirestoreFaultsTest {
  private static final DocumentRef REF = new DocumentRef("things", "a");

  @ParameterizedTest
  @EnumSource(names = {"ABORTED", "FAILED_PRECONDITION", "ALREADY_EXISTS", "NOT_FOUND"})
  void status_isARefusal_whenTheDocumentsAreNotAsTheyShouldBe(StatusCode.Code code) {
    assertThat(FirestoreFaults.isRefusal(FirestoreFaults.status(failure(code)))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"UNAVAILABLE", "DEADLINE_EXCEEDED", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED"})
  void fault_isRetryable_whenTimeOrPeopleMayMendIt(StatusCode.Code code) {
    assertThat(FirestoreFaults.isRefusal(code)).isFalse();
    assertThat(FirestoreFaults.of("read", code, failure(code)).error().retryable()).isTrue();
  }

  @Test
  void fault_isTerminal_whenTheRequestItselfIsWrong() {
    var code = StatusCode.Code.INVALID_ARGUMENT;

    assertThat(FirestoreFaults.of("read", code, failure(code)).error().retryable()).isFalse();
  }

  @Test
  void fault_saysNothingOfWhatTheClientSaid() {
    var fault = FirestoreFaults.of("commit", StatusCode.Code.UNAVAILABLE, failure(null));

    assertThat(fault).hasMessage("FIRESTORE_UNAVAILABLE: Firestore commit failed");
    assertThat(fault.error().details())
        .isEqualTo(Map.of("operation", "commit", "status", "UNAVAILABLE"));
  }

  @Test
  void status_isUnknown_whenThereWasNoCall() {
    assertThat(FirestoreFaults.status(new IllegalStateException("closed")))
        .isEqualTo(StatusCode.Code.UNKNOWN);
  }

  @Test
  @Timeout(30)
  void calls_endInTime_whenTheServerAcceptsAndStalls() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var store = connect(silent.getLocalPort())) {
      assertUnavailable(store);
    }
  }

  @Test
  @Timeout(30)
  void calls_endInTime_whenNobodyListens() throws IOException {
    int port;
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    try (var store = connect(port)) {
      assertUnavailable(store);
    }
  }

  @Test
  void values_thatTheWorkerHasNoUseFor_becomeHarmlessWords() {
    assertThat(
            FirestoreValues.fromFirestore(
                Map.of("place", new GeoPoint(1, 2), "bytes", Blob.fromBytes(new byte[] {1}))))
        .isEqualTo(Map.of("place", "(GeoPoint)", "bytes", "(Blob)"));
  }

  @Test
  void times_loseNothing_onTheWayBack() {
    var time = Timestamp.ofTimeSecondsAndNanos(-5, 123_456_000);

    assertThat(FirestoreValues.toTimestamp(FirestoreValues.toInstant(time))).isEqualTo(time);
    assertThat(FirestoreValues.toInstant(time))
        .isEqualTo(Instant.parse("1969-12-31T23:59:55.123456Z"));
  }

  @Test
  void values_thatCannotBeStored_areNamedByTheirTypeOnly() {
    assertThatThrownBy(() ->
            FirestoreValues.toFirestore(Map.of("x", new StringBuilder("CANARY-PROMPT-PHRASE"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("CANARY");
  }

  private static FirestoreDocumentStore connect(int port) {
    return FirestoreDocumentStore.connect(
        "test-project",
        "(default)",
        "127.0.0.1:" + port,
        new Limits(Duration.ofMillis(200), Duration.ofMillis(300)));
  }

  private static void assertUnavailable(DocumentStore store) {
    var write = new Write.Set(REF, Map.of("n", 1L), new Precondition.None());
    assertThatThrownBy(() -> store.getAll(List.of(REF)))
        .isInstanceOfSatisfying(
            StepException.class,
            fault -> {
              assertThat(fault.error().code()).isEqualTo(ErrorCode.FIRESTORE_UNAVAILABLE);
              assertThat(fault.error().retryable()).isTrue();
            });
    assertThatThrownBy(() -> store.commit(List.of(write))).isInstanceOf(StepException.class);
  }

  private static ExecutionException failure(StatusCode.@Nullable Code code) {
    var status = new FixedStatus(code == null ? StatusCode.Code.UNKNOWN : code);
    var client = new IllegalStateException("CANARY-PROMPT-PHRASE");
    return new ExecutionException(
        new IllegalStateException(new ApiException(client, status, false)));
  }

  private record FixedStatus(Code code) implements StatusCode {
    @Override
    public Code getCode() {
      return code;
    }

    @Override
    public Object getTransportCode() {
      return code;
    }
  }
}
