mock_provider "google" {}

variables {
  context        = { environment = "test", project_id = "p", project_number = "1", region = "europe-west4" }
  archive_bucket = "dead-letters"
  delivery       = { ack_seconds = 600, max_attempts = 10 }
  executor       = { audience = "https://executor.p.worker", name = "worker-executor", uri = "https://executor.example" }
  topic          = "step-claimed"
}

run "plans" {
  command = plan

  assert {
    condition     = google_pubsub_subscription.push.enable_message_ordering
    error_message = "Claims of one step are delivered one after the other."
  }

  assert {
    condition     = google_pubsub_subscription.push.dead_letter_policy[0].max_delivery_attempts == 10
    error_message = "A claim is delivered as often as the executor was told."
  }

  assert {
    condition     = google_pubsub_subscription.push.push_config[0].oidc_token[0].audience == "https://executor.p.worker"
    error_message = "Pub/Sub has to call with the audience that the executor looks for."
  }

  assert {
    condition = alltrue([
      for subscription in [
        google_pubsub_subscription.dead_letter_archive,
        google_pubsub_subscription.dead_letter_push,
        google_pubsub_subscription.push,
      ] : subscription.expiration_policy[0].ttl == ""
    ])
    error_message = "Subscriptions never expire."
  }
}

run "the_ack_deadline_has_a_limit" {
  command = plan

  variables {
    delivery = { ack_seconds = 601, max_attempts = 10 }
  }

  expect_failures = [google_pubsub_subscription.push]
}

run "deliveries_have_a_limit" {
  command = plan

  variables {
    delivery = { ack_seconds = 600, max_attempts = 4 }
  }

  expect_failures = [var.delivery]
}
