package io.tda.worker.local.stack;

import io.tda.worker.flow.FlowRunParser;
import io.tda.worker.flow.FlowRunParser.Result;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.store.CommitResult;
import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.FieldPath;
import io.tda.worker.store.Patch;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes steps READY, as the orchestrator does: a person's stand-in for it. */
public final class Trigger {
  private static final int TRIES = 5;

  private final DocumentStore documents;
  private final String collection;

  public Trigger(DocumentStore documents, String collection) {
    this.documents = documents;
    this.collection = collection;
  }

  /** What became of it. */
  public sealed interface Outcome {

    /** These are READY now. */
    record Made(List<StepId> steps) implements Outcome {
      /** Copies the list. */
      public Made {
        steps = List.copyOf(steps);
      }
    }

    /** Nothing was changed. */
    record Nothing(String reason) implements Outcome {}

    /** There is no such run. */
    record NoSuchRun() implements Outcome {}
  }

  /** Makes steps READY in one commit that is held to the run as it was read. */
  public Outcome ready(RunId id, @Nullable StepId wanted, boolean again) {
    var ref = new DocumentRef(collection, id.value());
    for (int i = 0; i < TRIES; i++) {
      var found = documents.getAll(List.of(ref)).getFirst();
      if (found.isEmpty()) {
        return new Outcome.NoSuchRun();
      }
      switch (choice(id, found.get(), wanted, again)) {
        case TriggerChoice.Nothing(var reason) -> {
          return new Outcome.Nothing(reason);
        }
        case TriggerChoice.Steps(var steps) -> {
          if (commit(found.get(), steps)) {
            return new Outcome.Made(steps);
          }
        }
      }
    }
    return new Outcome.Nothing("the run changes all the time");
  }

  private static TriggerChoice choice(
      RunId id, Document document, @Nullable StepId wanted, boolean again) {
    return switch (FlowRunParser.parse(id, document.data())) {
      case Result.Invalid(var violations) ->
          new TriggerChoice.Nothing("the run is invalid: " + violations.getFirst());
      case Result.Parsed(var run) -> TriggerChoice.of(run, wanted, again);
    };
  }

  private boolean commit(Document document, List<StepId> steps) {
    var patch = Patch.empty();
    for (var step : steps) {
      patch =
          patch
              .with(FieldPath.of("steps", step.value(), "status"), "READY")
              .without(FieldPath.of("steps", step.value(), "error"))
              .without(FieldPath.of("steps", step.value(), "finishedAt"));
    }
    var write =
        new Write.Update(document.ref(), patch, new Precondition.UpdatedAt(document.updateTime()));
    return switch (documents.commit(List.of(write))) {
      case CommitResult.Committed _ -> true;
      case CommitResult.Refused _ -> false;
    };
  }
}
