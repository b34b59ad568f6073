# [{"id": "…", "apiKey": "…"}, …]. The versions are added by a person: what Terraform writes, it also
# keeps in its state, in plain text.
resource "google_secret_manager_secret" "gemini_keys" {
  project             = var.context.project_id
  secret_id           = "gemini-api-keys"
  labels              = var.context.labels
  deletion_protection = true

  # A destroyed version can be had back for this long: a rotation that went wrong is undone.
  version_destroy_ttl = "604800s"

  replication {
    user_managed {
      replicas {
        location = var.context.region
      }
    }
  }

  depends_on = [google_project_service.this]
}
