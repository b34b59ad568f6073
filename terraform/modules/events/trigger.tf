resource "google_service_account" "events" {
  project      = var.context.project_id
  account_id   = "worker-events"
  display_name = "Eventarc calls the dispatcher as this account"
}

resource "google_project_iam_member" "event_receiver" {
  project = var.context.project_id
  role    = "roles/eventarc.eventReceiver"
  member  = google_service_account.events.member
}

resource "google_cloud_run_v2_service_iam_member" "event_invoker" {
  project  = var.context.project_id
  location = var.context.region
  name     = var.dispatcher.name
  role     = "roles/run.invoker"
  member   = google_service_account.events.member
}

# Eventarc's events go through Pub/Sub, which makes tokens for the account. Projects from before April
# 2021 need this grant.
resource "google_service_account_iam_member" "event_tokens" {
  service_account_id = google_service_account.events.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = local.pubsub_agent
}

# Given when the API is switched on, and missed in projects where somebody tidied up.
resource "google_project_iam_member" "eventarc_agent" {
  project = var.context.project_id
  role    = "roles/eventarc.serviceAgent"
  member  = "serviceAccount:service-${var.context.project_number}@gcp-sa-eventarc.iam.gserviceaccount.com"
}

# "updated" would miss a run that is created with a READY step, so "written" it is. Eventarc cannot filter
# by field; the dispatcher drops what is not for it without a read.
resource "google_eventarc_trigger" "flow_runs" {
  project                 = var.context.project_id
  name                    = "worker-flow-runs"
  location                = var.context.region
  labels                  = var.context.labels
  service_account         = google_service_account.events.email
  event_data_content_type = "application/protobuf"

  matching_criteria {
    attribute = "type"
    value     = "google.cloud.firestore.document.v1.written"
  }

  matching_criteria {
    attribute = "database"
    value     = var.database
  }

  matching_criteria {
    attribute = "namespace"
    value     = "(default)"
  }

  matching_criteria {
    attribute = "document"
    value     = "${var.flow_runs_collection}/{runId}"
    operator  = "match-path-pattern"
  }

  destination {
    cloud_run_service {
      service = var.dispatcher.name
      region  = var.context.region
      path    = "/events/flow-run"
    }
  }

  depends_on = [
    google_cloud_run_v2_service_iam_member.event_invoker,
    google_project_iam_member.event_receiver,
    google_project_iam_member.eventarc_agent,
  ]
}
