package io.tda.worker.local.sim;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.artifact.LLMReportFile;
import io.tda.worker.id.StepKey;
import io.tda.worker.json.Sha256;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports: written once, valid, and there for as long as a step names them: I4. */
final class ReportChecks {
  private final World world;
  private final StoredState state;

  /** The generation that a step which has SUCCEEDED names. */
  private final Map<GcsUri, Long> named = new HashMap<>();

  ReportChecks(World world, StoredState state) {
    this.world = world;
    this.state = state;
  }

  void created(Work work, GcsUri uri, Map<String, String> metadata) {
    if (named.containsKey(uri)) {
      violated(uri.toString(), work + " wrote a second report beside the one its step names");
    }
    if (uri.name().contains(Canary.MARK)
        || metadata.values().stream().anyMatch(it -> it.contains(Canary.MARK))) {
      world.violated(
          new Violation(Invariant.I7, uri.toString(), "in an object's name or metadata"));
    }
  }

  /** An object was replaced. */
  void overwritten(Work work, GcsUri uri) {
    violated(uri.toString(), work + " wrote over an object");
  }

  /** The owner starts over; what the step named before does not count any more. */
  void forgotten(StepKey step) {
    named.remove(StoredState.reportUri(step));
  }

  /** A step became SUCCEEDED with these fields. */
  void succeeded(StepKey step, Map<?, ?> fields) {
    var stored = state.report(step);
    var fault = stored == null ? "there is no report" : fault(step, fields, stored);
    if (fault == null && stored != null) {
      named.put(stored.object().uri(), stored.object().generation());
    } else {
      violated(Invariants.subject(step), "SUCCEEDED, but " + fault);
    }
  }

  private static @Nullable String fault(
      StepKey step, Map<?, ?> fields, SimulatedStorage.Stored stored) {
    var outputs = StoredState.map(fields.get("outputs"));
    var artifact = StoredState.map(StoredState.map(outputs.get("execution")).get("artifact"));
    if (!StoredState.reportUri(step).toString().equals(outputs.get("gcs_uri"))) {
      return "it names another object";
    }
    if (!Sha256.hex(stored.content()).equals(artifact.get("sha256"))
        || !Long.valueOf(stored.object().generation()).equals(artifact.get("generation"))) {
      return "the object is not the one it names";
    }
    return LLMReportFile.parse(stored.content()) instanceof LLMReportFile.Result.Parsed(var file)
            && file.isReportOf(step)
            && file.output().toString().contains(step.toString())
        ? null
        : "the object is not its report";
  }

  private void violated(String subject, String what) {
    world.violated(new Violation(Invariant.I4, subject, what));
  }
}
