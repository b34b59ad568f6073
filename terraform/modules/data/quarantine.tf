# Invalid answers of the model, for the few who may look at them, and not for long.
resource "google_storage_bucket" "quarantine" {
  count = var.quarantine == null ? 0 : 1

  project                     = var.context.project_id
  name                        = var.quarantine.bucket
  location                    = var.context.region
  labels                      = var.context.labels
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false

  versioning {
    enabled = false
  }

  # Deleted has to mean deleted.
  soft_delete_policy {
    retention_duration_seconds = 0
  }

  lifecycle_rule {
    action {
      type = "Delete"
    }

    condition {
      age = var.quarantine.delete_after_days
    }
  }
}

resource "google_storage_bucket_iam_member" "quarantine_readers" {
  for_each = try(var.quarantine.readers, toset([]))

  bucket = google_storage_bucket.quarantine[0].name
  role   = "roles/storage.objectViewer"
  member = each.value
}
