resource "google_service_account" "push" {
  project      = var.context.project_id
  account_id   = "worker-push"
  display_name = "Pub/Sub calls the executor as this account"
}

resource "google_cloud_run_v2_service_iam_member" "push_invoker" {
  project  = var.context.project_id
  location = var.context.region
  name     = var.executor.name
  role     = "roles/run.invoker"
  member   = google_service_account.push.member
}

# Pub/Sub makes tokens for the account. Projects from before April 2021 need this grant.
resource "google_service_account_iam_member" "push_tokens" {
  service_account_id = google_service_account.push.name
  role               = "roles/iam.serviceAccountTokenCreator"
  member             = local.pubsub_agent
}

resource "google_pubsub_subscription" "push" {
  project                    = var.context.project_id
  name                       = "${var.topic}-push"
  topic                      = google_pubsub_topic.claims.id
  labels                     = var.context.labels
  enable_message_ordering    = true
  ack_deadline_seconds       = var.delivery.ack_seconds
  message_retention_duration = "604800s"

  push_config {
    push_endpoint = "${var.executor.uri}/push/step-claimed"

    oidc_token {
      service_account_email = google_service_account.push.email
      audience              = var.executor.audience
    }
  }

  retry_policy {
    minimum_backoff = "${var.delivery.minimum_backoff_seconds}s"
    maximum_backoff = "${var.delivery.maximum_backoff_seconds}s"
  }

  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.dead_letters.id
    max_delivery_attempts = var.delivery.max_attempts
  }

  # Never: a quiet month must not cost the subscription.
  expiration_policy {
    ttl = ""
  }

  lifecycle {
    precondition {
      condition     = var.delivery.ack_seconds <= 600
      error_message = "Timeout chain: Pub/Sub waits 600 seconds for the answer to a push at most."
    }
  }

  depends_on = [google_cloud_run_v2_service_iam_member.push_invoker]
}
