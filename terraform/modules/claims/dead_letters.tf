locals {
  pubsub_agent = "serviceAccount:service-${var.context.project_number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}

resource "google_pubsub_topic" "dead_letters" {
  project                    = var.context.project_id
  name                       = "${var.topic}-dead"
  labels                     = var.context.labels
  message_retention_duration = "2678400s"

  message_storage_policy {
    allowed_persistence_regions = [var.context.region]
  }
}

# Dead lettering is Pub/Sub's own doing: it publishes to the dead-letter topic and acknowledges on the
# subscription. Without both grants messages are delivered for ever.
resource "google_pubsub_topic_iam_member" "dead_letter_publisher" {
  project = var.context.project_id
  topic   = google_pubsub_topic.dead_letters.name
  role    = "roles/pubsub.publisher"
  member  = local.pubsub_agent
}

resource "google_pubsub_subscription_iam_member" "dead_letter_subscriber" {
  project      = var.context.project_id
  subscription = google_pubsub_subscription.push.name
  role         = "roles/pubsub.subscriber"
  member       = local.pubsub_agent
}

# The step is finalized, so that nobody waits for it.
resource "google_pubsub_subscription" "dead_letter_push" {
  project                    = var.context.project_id
  name                       = "${var.topic}-dead-push"
  topic                      = google_pubsub_topic.dead_letters.id
  labels                     = var.context.labels
  ack_deadline_seconds       = var.delivery.ack_seconds
  message_retention_duration = "2678400s"

  push_config {
    push_endpoint = "${var.executor.uri}/push/dead-letter"

    oidc_token {
      service_account_email = google_service_account.push.email
      audience              = var.executor.audience
    }
  }

  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }

  expiration_policy {
    ttl = ""
  }

  depends_on = [google_cloud_run_v2_service_iam_member.push_invoker]
}

# Every dead letter as it was, with its attributes, for inspection and redrive.
resource "google_pubsub_subscription" "dead_letter_archive" {
  project                    = var.context.project_id
  name                       = "${var.topic}-dead-archive"
  topic                      = google_pubsub_topic.dead_letters.id
  labels                     = var.context.labels
  message_retention_duration = "2678400s"

  cloud_storage_config {
    bucket                   = var.archive_bucket
    filename_prefix          = "claims/"
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
