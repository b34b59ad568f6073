package io.tda.worker.store;

import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A store whose next commit is carried out, and whose answer is then lost: what a client sees that
 * repeats a commit by itself, or whose connection breaks.
 */
public final class LossyDocumentStore implements DocumentStore {
  private final DocumentStore store;
  private final AtomicReference<Loss> next = new AtomicReference<>(Loss.NONE);
  private final AtomicReference<@Nullable RuntimeException> nextBug = new AtomicReference<>();

  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

  /** What the caller sees instead of the answer. */
  public enum Loss {
    NONE,
    /** The client repeated the commit, and was told of a conflict with its own first try. */
    REFUSED,
    /** The call failed. */
    FAULT
  }

  public LossyDocumentStore(DocumentStore store) {
    this.store = store;
  }

  /** Loses the answer to the next commit. */
  public LossyDocumentStore lose(Loss loss) {
    next.set(loss);
    return this;
  }

  /** The next commit shows a bug, and is not carried out. */
  public void fail(RuntimeException bug) {
    nextBug.set(bug);
  }

  /** What happens once the next commit is carried out, and before its answer is there. */
  public void afterCommit(Runnable action) {
    meanwhile.set(action);
  }

  @Override
  public List<Optional<Document>> getAll(List<DocumentRef> refs) {
    return store.getAll(refs);
  }

  @Override
  public CommitResult commit(List<Write> writes) {
    var bug = nextBug.getAndSet(null);
    if (bug != null) {
      throw bug;
    }
    var result = store.commit(writes);
    meanwhile.getAndSet(() -> {}).run();
    return switch (next.getAndSet(Loss.NONE)) {
      case NONE -> result;
      case REFUSED -> new CommitResult.Refused();
      case FAULT ->
          throw new StepException(StepError.of(ErrorCode.FIRESTORE_UNAVAILABLE, "answer lost"));
    };
  }

  @Override
  public List<Document> query(DocumentQuery query) {
    return store.query(query);
  }
}
