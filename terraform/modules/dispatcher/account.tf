resource "google_service_account" "dispatcher" {
  project      = var.context.project_id
  account_id   = "worker-dispatcher"
  display_name = "dispatcher: claims steps and publishes the claims"
}

# Firestore knows no grants below the project; the condition narrows this one to the one database.
resource "google_project_iam_member" "firestore" {
  project = var.context.project_id
  role    = "roles/datastore.user"
  member  = google_service_account.dispatcher.member

  condition {
    title      = "worker_database"
    expression = "resource.name == \"projects/${var.context.project_id}/databases/${var.database}\""
  }
}

resource "google_pubsub_topic_iam_member" "publisher" {
  project = var.context.project_id
  topic   = var.topic
  role    = "roles/pubsub.publisher"
  member  = google_service_account.dispatcher.member
}
