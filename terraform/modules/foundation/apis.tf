# What the project has to have switched on. Never switched off again: others may use it too.
resource "google_project_service" "this" {
  for_each = toset([
    "artifactregistry.googleapis.com",
    "cloudresourcemanager.googleapis.com",
    "cloudscheduler.googleapis.com",
    "eventarc.googleapis.com",
    "firestore.googleapis.com",
    "iam.googleapis.com",
    "iamcredentials.googleapis.com",
    "logging.googleapis.com",
    "monitoring.googleapis.com",
    "pubsub.googleapis.com",
    "run.googleapis.com",
    "secretmanager.googleapis.com",
    "storage.googleapis.com",
  ])

  project            = var.context.project_id
  service            = each.value
  disable_on_destroy = false
}

resource "google_project_service" "model" {
  project            = var.context.project_id
  service            = var.vertex ? "aiplatform.googleapis.com" : "generativelanguage.googleapis.com"
  disable_on_destroy = false
}
