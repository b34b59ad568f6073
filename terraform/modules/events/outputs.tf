output "account" {
  description = "E-mail address of the account that Eventarc calls with."
  value       = google_service_account.events.email
}

output "dead_letter_subscription" {
  description = "What reads dead letters."
  value       = google_pubsub_subscription.dead_letter_archive.name
}

output "transport" {
  description = "The subscription that Eventarc made, and what the deploy sets on it."
  value = {
    ack_seconds       = var.delivery.ack_seconds
    dead_letter_topic = google_pubsub_topic.dead_letters.id
    max_attempts      = var.delivery.max_attempts
    subscription      = local.transport
  }
}
