package io.tda.worker.e2e;

import java.net.URI;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An event by hand: a change of a document, in binary mode and without a body, as Eventarc sends it
 * at times. The dispatcher has to read the run.
 */
public record ChangeEvent(String id, String type, String subject, String traceparent) {
  private static final String WRITTEN = "google.cloud.firestore.document.v1.written";

  /** A change of this document, with an id and a trace of its own. */
  public static ChangeEvent of(String collection, String documentId) {
    return new ChangeEvent(
        UUID.randomUUID().toString(),
        WRITTEN,
        "documents/" + collection + "/" + documentId,
        newTraceparent());
  }

  /** The same with another type. */
  public ChangeEvent withType(String other) {
    return new ChangeEvent(id, other, subject, traceparent);
  }

  /** The id of its trace. */
  public String traceId() {
    return traceparent.split("-", -1)[1];
  }

  /**
   * Delivers it, as often as one likes.
   *
   * @return the HTTP status
   */
  public int postTo(URI dispatcher) {
    var headers =
        Map.of(
            "ce-specversion", "1.0",
            "ce-id", id,
            "ce-type", type,
            "ce-source",
                "//firestore.googleapis.com/projects/" + Platform.PROJECT + "/databases/(default)",
            "ce-subject", subject,
            "ce-database", "(default)",
            "traceparent", traceparent);
    return HttpPost.send(dispatcher.resolve("/events/flow-run"), headers, new byte[0]).status();
  }

  private static String newTraceparent() {
    var bytes = new byte[24];
    ThreadLocalRandom.current().nextBytes(bytes);
    var hex = HexFormat.of().formatHex(bytes);
    return "00-" + hex.substring(0, 32) + "-" + hex.substring(32) + "-01";
  }
}
