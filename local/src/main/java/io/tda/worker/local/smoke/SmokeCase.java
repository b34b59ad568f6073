package io.tda.worker.local.smoke;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.id.StepKey;
import io.tda.worker.store.DocumentRef;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A run, all that it needs, and how it has to end.
 *
 * @param step the only step of the run that the worker executes
 * @param report where its report is, or would be
 */
public record SmokeCase(
    String name, StepKey step, Material material, GcsUri report, Expected expected) {

  /**
   * What is stored for it.
   *
   * @param documents prompt and schema
   * @param run stored last, its step not READY yet
   */
  public record Material(
      Map<DocumentRef, ObjectNode> documents, Map<GcsUri, byte[]> objects, ObjectNode run) {
    /** Copies the maps. */
    public Material {
      documents = new LinkedHashMap<>(documents);
      objects = new LinkedHashMap<>(objects);
    }
  }
}
