locals {
  pubsub_agent = "serviceAccount:service-${var.context.project_number}@gcp-sa-pubsub.iam.gserviceaccount.com"

  # Eventarc makes it together with the trigger; projects/…/subscriptions/NAME. A mocked provider leaves
  # the block out; with the real one a missing block ends the apply, as there is no such subscription.
  transport = try(
    basename(google_eventarc_trigger.flow_runs.transport[0].pubsub[0].subscription),
    "subscription-of-eventarc",
  )
}

resource "google_pubsub_topic" "dead_letters" {
  project                    = var.context.project_id
  name                       = "flow-run-events-dead"
  labels                     = var.context.labels
  message_retention_duration = "2678400s"

  message_storage_policy {
    allowed_persistence_regions = [var.context.region]
  }
}

resource "google_pubsub_topic_iam_member" "dead_letter_publisher" {
  project = var.context.project_id
  topic   = google_pubsub_topic.dead_letters.name
  role    = "roles/pubsub.publisher"
  member  = local.pubsub_agent
}

resource "google_pubsub_subscription_iam_member" "dead_letter_subscriber" {
  project      = var.context.project_id
  subscription = local.transport
  role         = "roles/pubsub.subscriber"
  member       = local.pubsub_agent
}

# An event that could not be delivered is not lost work: the reconcile finds its step. It is kept to
# find out why.
resource "google_pubsub_subscription" "dead_letter_archive" {
  project                    = var.context.project_id
  name                       = "flow-run-events-dead-archive"
  topic                      = google_pubsub_topic.dead_letters.id
  labels                     = var.context.labels
  message_retention_duration = "2678400s"

  cloud_storage_config {
    bucket                   = var.archive_bucket
    filename_prefix          = "events/"
    filename_suffix          = ".avro"
    filename_datetime_format = "YYYY-MM-DD/hh_mm_ssZ"
    max_duration             = "300s"

    avro_config {
      write_metadata = true
    }
  }

  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }

  expiration_policy {
    ttl = ""
  }
}

# The subscription belongs to Eventarc, and the trigger has no argument for its dead letters. The deploy
# sets them with gcloud right after the apply (output "transport" tells it what); every plan looks whether
# they are still there. The data source is in the check, so that looking in vain is a warning too.
check "event_dead_letters" {
  data "google_pubsub_subscription" "transport" {
    project = var.context.project_id
    name    = local.transport
  }

  assert {
    condition     = length(data.google_pubsub_subscription.transport.dead_letter_policy) > 0
    error_message = "The subscription that Eventarc made has no dead-letter topic: after 24 hours it drops what it cannot deliver. Run ./worker deploy, which sets it."
  }
}
