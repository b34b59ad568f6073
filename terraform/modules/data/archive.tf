# Every dead letter, for inspection and redrive. Its payload names a run and a step, or holds a run.
resource "google_storage_bucket" "dead_letters" {
  project                     = var.context.project_id
  name                        = var.archive.bucket
  location                    = var.context.region
  labels                      = var.context.labels
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false

  versioning {
    enabled = false
  }

  lifecycle_rule {
    action {
      type = "Delete"
    }

    condition {
      age = var.archive.delete_after_days
    }
  }
}

# Pub/Sub itself writes there: it creates objects, and looks whether the bucket is there.
resource "google_storage_bucket_iam_member" "archive_writer" {
  for_each = toset(["roles/storage.legacyBucketReader", "roles/storage.objectCreator"])

  bucket = google_storage_bucket.dead_letters.name
  role   = each.value
  member = "serviceAccount:service-${var.context.project_number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}
