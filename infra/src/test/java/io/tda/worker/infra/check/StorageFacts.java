package io.tda.worker.infra.check;

import java.util.List;

/** Buckets, images and the secret. */
final class StorageFacts {
  private static final String BUCKET = "google_storage_bucket";

  private StorageFacts() {}

  static List<Fact> all() {
    return List.of(
        Fact.each(
            "access to buckets is uniform",
            BUCKET,
            bucket -> bucket.body().has("uniform_bucket_level_access", true)),
        Fact.each(
            "buckets cannot be made public",
            BUCKET,
            bucket -> bucket.body().has("public_access_prevention", "enforced")),
        Fact.each(
            "buckets are not destroyed with what is in them",
            BUCKET,
            bucket -> bucket.body().has("force_destroy", false)),
        Fact.each(
            "objects are written once and have no versions",
            BUCKET,
            bucket ->
                bucket.name().equals("state")
                    || bucket
                        .body()
                        .at("versioning")
                        .filter(on -> on.has("enabled", false))
                        .isPresent()),
        Fact.each(
            "buckets have a life cycle",
            BUCKET,
            bucket -> bucket.body().at("lifecycle_rule").isPresent()),
        Fact.each(
            "images are cleaned up, but not the newest",
            "google_artifact_registry_repository",
            images ->
                images.body().all("cleanup_policies").stream()
                        .anyMatch(p -> p.has("action", "KEEP"))
                    && images.body().all("cleanup_policies").stream()
                        .anyMatch(p -> p.has("action", "DELETE"))),
        Fact.each(
            "the secret is not destroyed by mistake",
            "google_secret_manager_secret",
            secret -> secret.body().has("deletion_protection", true)));
  }
}
