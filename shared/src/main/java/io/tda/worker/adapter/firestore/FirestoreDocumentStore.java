package io.tda.worker.adapter.firestore;

import com.google.api.core.ApiFuture;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.WriteResult;
import io.tda.worker.store.CommitResult;
import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentQuery;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Google's Firestore. The client repeats calls by itself, within the bounds set here. */
public final class FirestoreDocumentStore implements DocumentStore, AutoCloseable {
  private final Firestore firestore;
  private final Limits limits;

  private FirestoreDocumentStore(Firestore firestore, Limits limits) {
    this.firestore = firestore;
    this.limits = limits;
  }

  /** How long the calls may take, all repetitions included; a commit no less than a read. */
  public record Limits(Duration read, Duration commit) {
    /** Where the commits that matter end steps: what they say has been paid for. */
    public static final Limits FINALIZING =
        new Limits(Duration.ofSeconds(10), Duration.ofSeconds(15));

    /** Where the commits that matter are claims: the event comes again anyway. */
    public static final Limits CLAIMING =
        new Limits(Duration.ofSeconds(10), Duration.ofSeconds(10));
  }

  /**
   * Connects with the credentials of the environment, or to an emulator without any. Call it on a
   * platform thread: on one processor, credentials that are fetched on a virtual one can stall.
   *
   * @param database {@code (default)} or a name
   * @param emulatorHost host and port; null for the real one, unless {@code
   *     FIRESTORE_EMULATOR_HOST} is set, which the client honours by itself
   */
  public static FirestoreDocumentStore connect(
      String project, String database, @Nullable String emulatorHost) {
    return connect(project, database, emulatorHost, Limits.FINALIZING);
  }

  /** The same with limits of one's own. */
  public static FirestoreDocumentStore connect(
      String project, String database, @Nullable String emulatorHost, Limits limits) {
    var options =
        FirestoreOptions.newBuilder()
            .setProjectId(project)
            .setDatabaseId(database)
            .setRetrySettings(retries(limits));
    if (emulatorHost != null) {
      // Nothing else: with NoCredentials on top, the client would silently go to production.
      options.setEmulatorHost(emulatorHost);
    }
    return new FirestoreDocumentStore(options.build().getService(), limits);
  }

  /**
   * The client has one setting for all its calls, so this is what commits may take; reads are cut
   * off earlier by the wait for their answer. Time is the only bound on repetitions.
   */
  private static RetrySettings retries(Limits limits) {
    return RetrySettings.newBuilder()
        .setInitialRetryDelayDuration(Duration.ofMillis(100))
        .setRetryDelayMultiplier(1.3)
        .setMaxRetryDelayDuration(Duration.ofSeconds(2))
        .setInitialRpcTimeoutDuration(limits.read)
        .setRpcTimeoutMultiplier(1.0)
        .setMaxRpcTimeoutDuration(limits.read)
        .setTotalTimeoutDuration(limits.commit)
        .build();
  }

  @Override
  public List<Optional<Document>> getAll(List<DocumentRef> refs) {
    if (refs.isEmpty()) {
      return List.of();
    }
    var references =
        refs.stream()
            .map(ref -> FirestoreWrites.reference(firestore, ref))
            .toArray(DocumentReference[]::new);
    var snapshots = read("read", firestore.getAll(references));
    var documents = new ArrayList<Optional<Document>>(refs.size());
    for (int i = 0; i < refs.size(); i++) {
      documents.add(document(refs.get(i), snapshots.get(i)));
    }
    return List.copyOf(documents);
  }

  @Override
  public CommitResult commit(List<Write> writes) {
    Write.requireCommittable(writes);
    var batch = FirestoreWrites.batch(firestore, writes);
    try {
      return new CommitResult.Committed(latest(answer(batch.commit(), limits.commit)));
    } catch (ExecutionException failure) {
      var status = FirestoreFaults.status(failure);
      if (FirestoreFaults.isRefusal(status)) {
        return new CommitResult.Refused();
      }
      throw FirestoreFaults.of("commit", status, failure);
    }
  }

  @Override
  public List<Document> query(DocumentQuery query) {
    var collection = firestore.collection(query.collection());
    Query search =
        switch (query) {
          case DocumentQuery.TimeAtMost(_, var field, var latest, _) ->
              collection
                  .whereLessThanOrEqualTo(FieldPath.of(field), FirestoreValues.toTimestamp(latest))
                  .orderBy(FieldPath.of(field));
          case DocumentQuery.TextEquals(_, var field, var text, var afterId, _) -> {
            var matching =
                collection.whereEqualTo(FieldPath.of(field), text).orderBy(FieldPath.documentId());
            yield afterId == null ? matching : matching.startAfter(afterId);
          }
        };
    return read("query", search.limit(query.limit()).get()).getDocuments().stream()
        .flatMap(snapshot ->
            document(new DocumentRef(query.collection(), snapshot.getId()), snapshot).stream())
        .toList();
  }

  /** Opens the connection and fetches credentials, by reading a document that is not there. */
  public void warmUp() {
    getAll(List.of(new DocumentRef("warm_up", "warm-up")));
  }

  /** Ends the connection; calls that are under way fail. */
  @Override
  public void close() {
    firestore.shutdownNow();
  }

  private static Optional<Document> document(DocumentRef ref, DocumentSnapshot snapshot) {
    var data = snapshot.getData();
    return data == null
        ? Optional.empty()
        : Optional.of(
            new Document(
                ref,
                FirestoreValues.fromFirestore(data),
                FirestoreValues.toInstant(Objects.requireNonNull(snapshot.getUpdateTime()))));
  }

  private static Instant latest(List<WriteResult> results) {
    return results.stream()
        .map(result -> FirestoreValues.toInstant(result.getUpdateTime()))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private <T> T read(String operation, ApiFuture<T> future) {
    try {
      return answer(future, limits.read);
    } catch (ExecutionException failure) {
      throw FirestoreFaults.of(operation, FirestoreFaults.status(failure), failure);
    }
  }

  private static <T> T answer(ApiFuture<T> future, Duration limit) throws ExecutionException {
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      future.cancel(true);
      throw FirestoreFaults.of("call", StatusCode.Code.DEADLINE_EXCEEDED, late);
    } catch (InterruptedException interruption) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw FirestoreFaults.of("call", StatusCode.Code.CANCELLED, interruption);
    }
  }
}
