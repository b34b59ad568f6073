package io.tda.worker.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts round trips, keeps what was written, and lets others act just before a commit. */
public final class CountingDocumentStore implements DocumentStore {
  private final DocumentStore store;
  private final List<List<Write>> commits = new ArrayList<>();
  private int reads;
  private int documents;
  private Runnable beforeCommit = () -> {};

  public CountingDocumentStore(DocumentStore store) {
    this.store = store;
  }

  /** How many reads and queries were made. */
  public synchronized int reads() {
    return reads;
  }

  /** How many documents were read, found or not: about what Firestore bills. */
  public synchronized int documents() {
    return documents;
  }

  /** The commits that were tried. */
  public synchronized List<List<Write>> commits() {
    return List.copyOf(commits);
  }

  /** Forgets everything. */
  public synchronized void reset() {
    reads = 0;
    documents = 0;
    commits.clear();
  }

  /** Runs before each commit from now on. */
  public void beforeCommit(Runnable action) {
    beforeCommit = action;
  }

  @Override
  public synchronized List<Optional<Document>> getAll(List<DocumentRef> refs) {
    reads++;
    documents += refs.size();
    return store.getAll(refs);
  }

  @Override
  public synchronized CommitResult commit(List<Write> writes) {
    commits.add(writes);
    beforeCommit.run();
    return store.commit(writes);
  }

  @Override
  public synchronized List<Document> query(DocumentQuery query) {
    reads++;
    var found = store.query(query);
    documents += found.size();
    return found;
  }
}
