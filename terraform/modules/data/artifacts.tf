# Reports, and what they are made from. An object is written once, so there are no versions to keep.
resource "google_storage_bucket" "artifacts" {
  project                     = var.context.project_id
  name                        = var.artifacts.bucket
  location                    = var.context.region
  labels                      = var.context.labels
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false

  versioning {
    enabled = false
  }

  soft_delete_policy {
    retention_duration_seconds = 604800
  }

  dynamic "lifecycle_rule" {
    for_each = var.artifacts.delete_after_days == null ? [] : [var.artifacts.delete_after_days]

    content {
      action {
        type = "Delete"
      }

      condition {
        age = lifecycle_rule.value
      }
    }
  }

  # Uploads that were begun and never finished.
  lifecycle_rule {
    action {
      type = "AbortIncompleteMultipartUpload"
    }

    condition {
      age = 1
    }
  }
}
