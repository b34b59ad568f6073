package io.tda.worker.flow;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.id.ClaimId;
import io.tda.worker.time.Rfc3339;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a step was executed: the {@code outputs.execution} block of its document. Partial where the
 * step failed early: what never happened is null and is not stored.
 */
public record StepExecution(
    Timing timing,
    @Nullable ClaimUse claim,
    @Nullable ReportObject artifact,
    @Nullable ModelUse llm) {

  /** When the step was claimed and when it ended. */
  public record Timing(Instant startedAt, Instant finishedAt) {
    Map<String, Object> toMap() {
      var map = new LinkedHashMap<String, Object>();
      map.put("startedAt", Rfc3339.format(startedAt));
      map.put("finishedAt", Rfc3339.format(finishedAt));
      map.put("durationMs", Math.max(0, Duration.between(startedAt, finishedAt).toMillis()));
      return map;
    }
  }

  /**
   * Under which claim, and at which delivery of its message.
   *
   * @param deliveryAttempt 0 where it ended without one, and is not stored then
   */
  public record ClaimUse(ClaimId claimId, int attempt, int deliveryAttempt) {
    Map<String, Object> toMap() {
      var map = new LinkedHashMap<String, Object>();
      map.put("claimId", claimId.value());
      map.put("attempt", (long) attempt);
      if (deliveryAttempt > 0) {
        map.put("deliveryAttempt", (long) deliveryAttempt);
      }
      return map;
    }
  }

  /**
   * The report object.
   *
   * @param sha256 of its bytes, lower-case hex
   * @param reused whether an earlier attempt had written it
   */
  public record ReportObject(
      GcsUri uri, String contentType, String sha256, long bytes, long generation, boolean reused) {
    Map<String, Object> toMap() {
      var map = new LinkedHashMap<String, Object>();
      map.put("gcs_uri", uri.toString());
      map.put("contentType", contentType);
      map.put("sha256", sha256);
      map.put("bytes", bytes);
      map.put("generation", generation);
      map.put("reused", reused);
      return map;
    }
  }

  /**
   * What was asked of the model and what it cost.
   *
   * @param fields in the form they are stored in; see {@code flow_run.schema.json}
   */
  public record ModelUse(Map<String, Object> fields) {}

  /** The block as it is stored, with the failure where there was one. */
  public Map<String, Object> toMap(@Nullable StepError error) {
    var map = new LinkedHashMap<String, Object>();
    map.put("timing", timing.toMap());
    if (claim != null) {
      map.put("claim", claim.toMap());
    }
    if (artifact != null) {
      map.put("artifact", artifact.toMap());
    }
    if (llm != null) {
      map.put("llm", llm.fields());
    }
    if (error != null) {
      var failure = new LinkedHashMap<String, Object>();
      failure.put("code", error.code().name());
      failure.put("retryable", error.retryable());
      map.put("error", failure);
    }
    return map;
  }
}
