package io.tda.worker.artifact;

import io.tda.worker.id.StepKey;
import io.tda.worker.id.Timeframe;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a step's report goes: {@code gs://<bucket>/[<prefix>/]<runId>/<timeframe>/<stepId>.json}.
 *
 * <p>Nothing in the name changes between attempts. That is what makes the write create-only and
 * lets a later attempt find the report of an earlier one.
 */
public final class ArtifactPathPolicy {
  private static final Pattern SLASHES = Pattern.compile("/+");

  /** Run id, timeframe and step id at their longest, the last in characters of four bytes. */
  private static final int MAX_NAME_BYTES = 128 + 1 + 16 + 1 + 4 * 128 + ".json".length();

  private final String bucket;
  private final String prefix;

  private ArtifactPathPolicy(String bucket, String prefix) {
    this.bucket = bucket;
    this.prefix = prefix;
  }

  /**
   * A policy for this bucket and prefix.
   *
   * @param prefix slashes are trimmed and collapsed; empty for none
   * @return empty where the bucket's name or the prefix is not usable, or leaves too little of an
   *     object name's 1,024 bytes for the rest
   */
  public static Optional<ArtifactPathPolicy> of(String bucket, String prefix) {
    var normalized =
        Arrays.stream(SLASHES.split(prefix))
            .filter(segment -> !segment.isEmpty())
            .collect(Collectors.joining("/"));
    var longestName = "x".repeat(MAX_NAME_BYTES);
    var probe =
        "gs://" + bucket + "/" + (normalized.isEmpty() ? "" : normalized + "/") + longestName;
    return GcsUri.parse(probe).map(_ -> new ArtifactPathPolicy(bucket, normalized));
  }

  /** The one place of this step's report. */
  public GcsUri report(StepKey step, Timeframe timeframe) {
    var name = step.runId() + "/" + timeframe + "/" + step.stepId() + ".json";
    return new GcsUri(bucket, prefix.isEmpty() ? name : prefix + "/" + name);
  }
}
