package io.tda.worker.config;

import io.tda.worker.artifact.ArtifactPathPolicy;

/**
 * Where reports go.
 *
 * @param prefix slashes around it do not matter; empty for none
 */
public record ArtifactConfig(String bucket, String prefix) {
  public ArtifactConfig {
    policy(bucket, prefix);
  }

  /** Names the reports. */
  public ArtifactPathPolicy paths() {
    return policy(bucket, prefix);
  }

  private static ArtifactPathPolicy policy(String bucket, String prefix) {
    return ArtifactPathPolicy.of(bucket, prefix)
        .orElseThrow(() -> new IllegalArgumentException("bucket or prefix cannot be used"));
  }
}
