package io.tda.worker.executor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.artifact.CreateResult;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.config.RawOutputCapture;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.json.Sha256;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.ModelEvent.RawOutputNotQuarantined;
import io.tda.worker.log.ModelEvent.RawOutputQuarantined;
import io.tda.worker.log.ServiceEvent.InternalError;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an answer that is no report where few may look, if that is wanted. Whatever goes wrong here
 * changes nothing about how the step ends.
 */
final class RawOutputQuarantine {
  /** Never shown by a browser as what it may pretend to be. */
  private static final String CONTENT_TYPE = "application/octet-stream";

  private final RawOutputCapture capture;
  private final ArtifactStore artifacts;
  private final EventLogger log;

  RawOutputQuarantine(RawOutputCapture capture, ArtifactStore artifacts, EventLogger log) {
    this.capture = capture;
    this.artifacts = artifacts;
    this.log = log;
  }

  /**
   * Keeps the text, and gives the error with the place, size and hash of what is kept; the very
   * same error where nothing is. Never throws. One round trip.
   */
  StepError keep(ReportJob job, @Nullable String text, StepError error) {
    return switch (capture) {
      case RawOutputCapture.Quarantine(var bucket) when text != null && mayWrite(job) ->
          put(job, bucket, text.getBytes(UTF_8), error);
      case RawOutputCapture.Quarantine _, RawOutputCapture.Off _ -> error;
    };
  }

  /** No call in the time for the last write, and not an object from who has lost its lease. */
  private static boolean mayWrite(ReportJob job) {
    return job.budget().mayStartCall() && job.lease().confirm();
  }

  private StepError put(ReportJob job, String bucket, byte[] content, StepError error) {
    var sha256 = Sha256.hex(content);
    try {
      var uri = place(job, bucket);
      var metadata = Map.of("claimId", job.claim().id().value(), "sha256", sha256);
      return switch (artifacts.create(uri, content, CONTENT_TYPE, metadata)) {
        case CreateResult.Created _ -> {
          log.log(new RawOutputQuarantined(uri, content.length, sha256), job.context());
          yield kept(error, uri, content.length, sha256);
        }
        // The name is that of this very delivery, so this is its own write, whose answer was lost.
        case CreateResult.AlreadyExists() -> kept(error, uri, content.length, sha256);
      };
    } catch (StepException e) {
      log.log(new RawOutputNotQuarantined(e.error()), job.context());
    } catch (RuntimeException e) {
      log.log(InternalError.of(e), job.context());
    }
    return error;
  }

  private static GcsUri place(ReportJob job, String bucket) {
    var claim = job.claim();
    int delivery = job.lease().current().value().effort().deliveries();
    return new GcsUri(
        bucket, claim.step() + "/" + claim.id() + "/" + delivery + "/raw_llm_output.json");
  }

  private static StepError kept(StepError error, GcsUri uri, long bytes, String sha256) {
    var details = new LinkedHashMap<>(error.details());
    details.put("rawOutput", Map.of("uri", uri.toString(), "bytes", bytes, "sha256", sha256));
    return new StepError(
        error.code(), error.message(), details, error.retryable(), error.retryAfter());
  }
}
