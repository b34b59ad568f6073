resource "google_service_account" "executor" {
  project      = var.context.project_id
  account_id   = "worker-executor"
  display_name = "executor: makes reports and ends steps"
}

# Firestore knows no grants below the project; the condition narrows this one to the one database.
resource "google_project_iam_member" "firestore" {
  project = var.context.project_id
  role    = "roles/datastore.user"
  member  = google_service_account.executor.member

  condition {
    title      = "worker_database"
    expression = "resource.name == \"projects/${var.context.project_id}/databases/${var.database}\""
  }
}

# Candles, charts and earlier reports.
resource "google_storage_bucket_iam_member" "inputs" {
  for_each = setunion([var.artifacts.bucket], var.artifacts.input_buckets)

  bucket = each.value
  role   = "roles/storage.objectViewer"
  member = google_service_account.executor.member
}

# It can create objects and neither replace nor delete one: "written once" is held by IAM too.
resource "google_storage_bucket_iam_member" "reports" {
  bucket = var.artifacts.bucket
  role   = "roles/storage.objectCreator"
  member = google_service_account.executor.member
}

# Written, never read back.
resource "google_storage_bucket_iam_member" "quarantine" {
  count = var.quarantine_bucket == null ? 0 : 1

  bucket = var.quarantine_bucket
  role   = "roles/storage.objectCreator"
  member = google_service_account.executor.member
}

resource "google_secret_manager_secret_iam_member" "gemini_keys" {
  count = var.gemini.auth_mode == "vertex_adc" ? 0 : 1

  project   = var.context.project_id
  secret_id = var.gemini.secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.executor.member
}

resource "google_project_iam_member" "vertex" {
  count = var.gemini.auth_mode == "vertex_adc" ? 1 : 0

  project = var.context.project_id
  role    = "roles/aiplatform.user"
  member  = google_service_account.executor.member
}
