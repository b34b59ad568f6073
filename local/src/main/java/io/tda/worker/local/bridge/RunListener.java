package io.tda.worker.local.bridge;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.firestore.QuerySnapshot;
import com.google.events.cloud.firestore.v1.Document;
import com.google.events.cloud.firestore.v1.DocumentEventData;
import io.tda.worker.local.bridge.DocumentChange.Origin;
import io.tda.worker.local.bridge.EventarcBridge.Watched;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of what a Firestore listener sees, for an emulator that sends none. It sees states
 * and not changes: two quick ones may come as one.
 */
final class RunListener implements AutoCloseable {
  private final Firestore firestore;
  private final Origin origin;
  private final Consumer<DocumentChange> events;
  private final Map<String, Document> known = new HashMap<>();
  private final CompletableFuture<Void> begun = new CompletableFuture<>();

  private RunListener(Firestore firestore, Origin origin, Consumer<DocumentChange> events) {
    this.firestore = firestore;
    this.origin = origin;
    this.events = events;
  }

  /** Returns when it knows what is there already. */
  static RunListener start(
      String host, Watched watched, String location, Consumer<DocumentChange> events) {
    var firestore =
        FirestoreOptions.newBuilder()
            .setProjectId(watched.project())
            .setDatabaseId(watched.database())
            .setEmulatorHost(host)
            .build()
            .getService();
    var origin = new Origin(watched.project(), watched.database(), location);
    var listener = new RunListener(firestore, origin, events);
    firestore
        .collection(watched.collection())
        .addSnapshotListener((snapshot, error) -> listener.see(snapshot, error));
    listener.begun.join();
    return listener;
  }

  private synchronized void see(@Nullable QuerySnapshot snapshot, @Nullable Exception error) {
    if (snapshot == null) {
      begun.completeExceptionally(Objects.requireNonNull(error));
      return;
    }
    boolean first = !begun.isDone();
    for (var change : snapshot.getDocumentChanges()) {
      var path = change.getDocument().getReference().getPath();
      var data = DocumentEventData.newBuilder();
      var old = known.remove(path);
      if (old != null) {
        data.setOldValue(old);
      }
      switch (change.getType()) {
        case ADDED, MODIFIED -> {
          var now = document(change.getDocument());
          known.put(path, now);
          data.setValue(now);
        }
        case REMOVED -> {}
      }
      if (!first) {
        events.accept(event(snapshot.getReadTime(), path, data.build()));
      }
    }
    begun.complete(null);
  }

  private DocumentChange event(Timestamp read, String path, DocumentEventData data) {
    var time = Instant.ofEpochSecond(read.getSeconds(), read.getNanos());
    var id = "listened-" + path + "-" + read;
    return DocumentChange.of(id, time, origin, path, data);
  }

  private Document document(DocumentSnapshot snapshot) {
    var document = Document.newBuilder().setName(name(snapshot.getReference().getPath()));
    Objects.requireNonNull(snapshot.getData())
        .forEach((field, value) -> document.putFields(field, EventValues.of(value)));
    return document
        .setCreateTime(Objects.requireNonNull(snapshot.getCreateTime()).toProto())
        .setUpdateTime(Objects.requireNonNull(snapshot.getUpdateTime()).toProto())
        .build();
  }

  private String name(String path) {
    return "projects/%s/databases/%s/documents/%s"
        .formatted(origin.project(), origin.database(), path);
  }

  @Override
  public void close() {
    firestore.shutdownNow();
  }
}
