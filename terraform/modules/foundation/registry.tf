resource "google_artifact_registry_repository" "images" {
  project       = var.context.project_id
  location      = var.context.region
  repository_id = "worker"
  description   = "Images of the two services."
  format        = "DOCKER"
  labels        = var.context.labels

  docker_config {
    immutable_tags = true
  }

  # A rollback needs the image of its revision, so the newest stay however old they are.
  cleanup_policies {
    id     = "keep-newest"
    action = "KEEP"

    most_recent_versions {
      keep_count = var.registry.keep
    }
  }

  cleanup_policies {
    id     = "delete-old"
    action = "DELETE"

    condition {
      tag_state  = "ANY"
      older_than = "${var.registry.delete_after_days * 86400}s"
    }
  }

  depends_on = [google_project_service.this]
}

# An environment that takes its images from here by promotion has to be able to pull them.
resource "google_artifact_registry_repository_iam_member" "readers" {
  for_each = var.registry.reader_project_numbers

  project    = var.context.project_id
  location   = var.context.region
  repository = google_artifact_registry_repository.images.name
  role       = "roles/artifactregistry.reader"
  member     = "serviceAccount:service-${each.value}@serverless-robot-prod.iam.gserviceaccount.com"
}
