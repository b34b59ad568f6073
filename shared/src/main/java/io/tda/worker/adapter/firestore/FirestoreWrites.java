package io.tda.worker.adapter.firestore;

import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.WriteBatch;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.Patch;
import io.tda.worker.store.Precondition.Absent;
import io.tda.worker.store.Precondition.UpdatedAt;
import io.tda.worker.store.Write;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts writes into the form of Firestore's client. */
final class FirestoreWrites {
  private FirestoreWrites() {}

  static DocumentReference reference(Firestore firestore, DocumentRef ref) {
    return firestore.collection(ref.collection()).document(ref.id());
  }

  /** All writes as one batch, which is carried out as a whole or not at all. */
  static WriteBatch batch(Firestore firestore, List<Write> writes) {
    var batch = firestore.batch();
    for (var write : writes) {
      add(batch, reference(firestore, write.ref()), write);
    }
    return batch;
  }

  private static void add(WriteBatch batch, DocumentReference reference, Write write) {
    var held = held(write);
    switch (write) {
      case Write.Set(_, var data, Absent()) ->
          batch.create(reference, FirestoreValues.toFirestore(data));
      case Write.Set(_, var data, _) -> batch.set(reference, FirestoreValues.toFirestore(data));
      case Write.Update(_, var patch, _) -> update(batch, reference, patch, held);
      case Write.Delete _ when held != null -> batch.delete(reference, held);
      case Write.Delete _ -> batch.delete(reference);
    }
  }

  private static void update(
      WriteBatch batch, DocumentReference reference, Patch patch, @Nullable Precondition held) {
    // The client wants the first path and value apart, and the others by turns.
    var changes = new ArrayList<Object>();
    patch
        .set()
        .forEach((path, value) -> {
          changes.add(path(path));
          changes.add(FirestoreValues.toFirestore(value));
        });
    patch
        .deleted()
        .forEach(path -> {
          changes.add(path(path));
          changes.add(FieldValue.delete());
        });
    var first = (FieldPath) changes.removeFirst();
    var value = changes.removeFirst();
    if (held == null) {
      batch.update(reference, first, value, changes.toArray());
    } else {
      batch.update(reference, held, first, value, changes.toArray());
    }
  }

  private static FieldPath path(io.tda.worker.store.FieldPath path) {
    return FieldPath.of(path.segments().toArray(String[]::new));
  }

  private static @Nullable Precondition held(Write write) {
    return write.precondition() instanceof UpdatedAt(var time)
        ? Precondition.updatedAt(FirestoreValues.toTimestamp(time))
        : null;
  }
}
