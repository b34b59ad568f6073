package io.tda.worker.local.smoke;

import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.artifact.LLMReportFile;
import io.tda.worker.artifact.ReadResult;
import io.tda.worker.json.DocumentJson;
import io.tda.worker.json.Sha256;
import io.tda.worker.local.stack.Seeding;
import io.tda.worker.local.stack.Trigger;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.util.ArrayList;
import java.util.List;

/** Stores what a case needs, looks at what has become of it, and clears up. */
public final class SmokeData {
  private static final long MAX_REPORT_BYTES = 8L * 1024 * 1024;

  private final DocumentStore documents;
  private final ArtifactStore artifacts;
  private final String runs;

  /**
   * @param runs the collection of the runs
   */
  public SmokeData(DocumentStore documents, ArtifactStore artifacts, String runs) {
    this.documents = documents;
    this.artifacts = artifacts;
    this.runs = runs;
  }

  /** Stores everything, the run last; its step waits. */
  void store(SmokeCase each) {
    var seeding = new Seeding(documents, artifacts);
    // What is there already is its own write, whose answer was lost: nobody else has these names.
    each.material().objects().forEach(seeding::object);
    each.material()
        .documents()
        .forEach((ref, json) -> seeding.document(ref.collection(), ref.id(), json));
    seeding.document(runs, each.step().runId().value(), each.material().run());
  }

  /** Makes its step READY, as the orchestrator does. */
  void trigger(SmokeCase each) {
    var outcome =
        new Trigger(documents, runs).ready(each.step().runId(), each.step().stepId(), false);
    if (!(outcome instanceof Trigger.Outcome.Made)) {
      throw new IllegalStateException("the step of a smoke test cannot be made READY");
    }
  }

  /** What can be seen of it now. */
  Observed observe(SmokeCase each, List<LoggedLine> log) {
    var found = documents.getAll(List.of(run(each))).getFirst();
    if (found.isEmpty()) {
      return new Observed("", "", Observed.Report.MISSING, log);
    }
    var step =
        DocumentJson.toObject(found.get().data()).path("steps").path(each.step().stepId().value());
    var artifact = step.path("outputs").path("execution").path("artifact");
    return new Observed(
        step.path("status").asText(""),
        step.path("error").path("code").asText(""),
        report(each, artifact.path("gcs_uri").asText(""), artifact.path("sha256").asText("")),
        log);
  }

  private Observed.Report report(SmokeCase each, String named, String sha256) {
    return switch (artifacts.read(each.report(), MAX_REPORT_BYTES)) {
      case ReadResult.Missing() -> Observed.Report.MISSING;
      case ReadResult.TooLarge _ -> Observed.Report.BROKEN;
      case ReadResult.Found(_, var content) ->
          LLMReportFile.parse(content) instanceof LLMReportFile.Result.Parsed(var file)
                  && file.isReportOf(each.step())
                  && named.equals(each.report().toString())
                  && sha256.equals(Sha256.hex(content))
              ? Observed.Report.VALID
              : Observed.Report.BROKEN;
    };
  }

  /**
   * Deletes the documents that were stored for it. Objects stay until the bucket's lifecycle
   * removes them: the worker's port to object storage cannot delete, so that nothing of it ever
   * does.
   */
  public void clearUp(SmokeCase each) {
    var refs = new ArrayList<>(each.material().documents().keySet());
    refs.add(run(each));
    var _ =
        documents.commit(
            refs.stream()
                .<Write>map(ref -> new Write.Delete(ref, new Precondition.None()))
                .toList());
  }

  private DocumentRef run(SmokeCase each) {
    return new DocumentRef(runs, each.step().runId().value());
  }
}
