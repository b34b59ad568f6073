package io.tda.worker.local.sim;

import io.tda.worker.store.CommitResult;
import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentQuery;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.FieldPath;
import io.tda.worker.store.Patch;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Commits that are not what they should be. */
final class PlantedDocuments implements Seams {
  private final UnaryOperator<List<Write>> spoil;

  private PlantedDocuments(UnaryOperator<List<Write>> spoil) {
    this.spoil = spoil;
  }

  /** The lease may be anybody's. */
  static Seams finalizeUnfenced() {
    return onFinalize(write ->
        write instanceof Write.Delete(var ref, _)
            ? new Write.Delete(ref, new Precondition.None())
            : write);
  }

  /** Whatever the owner has done to the run meanwhile. */
  static Seams finalizeUnheld() {
    return onFinalize(write ->
        write instanceof Write.Update(var ref, var patch, _)
            ? new Write.Update(ref, patch, new Precondition.None())
            : write);
  }

  static Seams finalizeKeepsLease() {
    return new PlantedDocuments(writes ->
        isFinalize(writes)
            ? writes.stream().filter(write -> !(write instanceof Write.Delete)).toList()
            : writes);
  }

  /** Whoever has claimed the step before. */
  static Seams claimUnheld() {
    return new PlantedDocuments(writes ->
        writes.stream().anyMatch(Write.Set.class::isInstance) && writes.size() > 1
            ? writes.stream()
                .map(write ->
                    write instanceof Write.Update(var ref, var patch, _)
                        ? new Write.Update(ref, patch, new Precondition.None())
                        : write)
                .toList()
            : writes);
  }

  static Seams failureWritesReady() {
    return onFinalize(write ->
        write instanceof Write.Update(var ref, var patch, var precondition)
            ? new Write.Update(ref, ready(patch), precondition)
            : write);
  }

  static Seams losesUnknownFields() {
    return new PlantedDocuments(writes ->
        writes.stream()
            .map(write ->
                write instanceof Write.Update(var ref, var patch, var precondition)
                        && ref.collection().equals(RunDocuments.RUNS)
                    ? new Write.Update(
                        ref, patch.without(FieldPath.of(RunDocuments.EXTRA)), precondition)
                    : write)
            .toList());
  }

  private static Seams onFinalize(UnaryOperator<Write> spoil) {
    return new PlantedDocuments(
        writes -> isFinalize(writes) ? writes.stream().map(spoil).toList() : writes);
  }

  /** A run is written and a lease removed. */
  private static boolean isFinalize(List<Write> writes) {
    return writes.size() == 2
        && writes.getFirst() instanceof Write.Update
        && writes.getLast() instanceof Write.Delete;
  }

  private static Patch ready(Patch patch) {
    var set = new LinkedHashMap<>(patch.set());
    set.replaceAll((_, value) -> "FAILED".equals(value) ? "READY" : value);
    return new Patch(set, new ArrayList<>(patch.deleted()));
  }

  @Override
  public DocumentStore documents(DocumentStore store) {
    return new DocumentStore() {
      @Override
      public List<Optional<Document>> getAll(List<DocumentRef> refs) {
        return store.getAll(refs);
      }

      @Override
      public CommitResult commit(List<Write> writes) {
        return store.commit(spoil.apply(writes));
      }

      @Override
      public List<Document> query(DocumentQuery query) {
        return store.query(query);
      }
    };
  }
}
