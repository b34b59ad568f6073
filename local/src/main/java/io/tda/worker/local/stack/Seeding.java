package io.tda.worker.local.stack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.artifact.CreateResult;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.json.DocumentJson;
import io.tda.worker.store.CommitResult;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.util.List;
import java.util.Map;

/** Stores what a run needs, and the run. What is there already is left as it is. */
public final class Seeding {
  private final DocumentStore documents;
  private final ArtifactStore artifacts;

  public Seeding(DocumentStore documents, ArtifactStore artifacts) {
    this.documents = documents;
    this.artifacts = artifacts;
  }

  /** Whether something was stored. */
  public enum Outcome {
    STORED,
    WAS_THERE
  }

  /** Stores a document under an id. */
  public Outcome document(String collection, String id, ObjectNode json) {
    var write =
        new Write.Set(
            new DocumentRef(collection, id), DocumentJson.toMap(json), new Precondition.Absent());
    return switch (documents.commit(List.of(write))) {
      case CommitResult.Committed _ -> Outcome.STORED;
      case CommitResult.Refused _ -> Outcome.WAS_THERE;
    };
  }

  /** Stores an object. */
  public Outcome object(GcsUri uri, byte[] content) {
    return switch (artifacts.create(uri, content, contentType(uri), Map.of())) {
      case CreateResult.Created _ -> Outcome.STORED;
      case CreateResult.AlreadyExists _ -> Outcome.WAS_THERE;
    };
  }

  private static String contentType(GcsUri uri) {
    var name = uri.toString();
    if (name.endsWith(".json")) {
      return "application/json";
    }
    return name.endsWith(".png") ? "image/png" : "application/octet-stream";
  }
}
