output "dead_letter_subscriptions" {
  description = "What reads dead letters."
  value = [
    google_pubsub_subscription.dead_letter_archive.name,
    google_pubsub_subscription.dead_letter_push.name,
  ]
}

output "push_account" {
  description = "E-mail address of the account that Pub/Sub pushes with."
  value       = google_service_account.push.email
}

output "subscription" {
  description = "Name of the subscription that pushes claims."
  value       = google_pubsub_subscription.push.name
}

output "topic" {
  description = "Name of the topic that takes claims."
  value       = google_pubsub_topic.claims.name
}
