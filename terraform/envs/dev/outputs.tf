output "accounts" {
  description = "E-mail addresses of the five accounts."
  value = {
    dispatcher = module.dispatcher.account
    events     = module.events.account
    executor   = module.executor.account
    push       = module.claims.push_account
    scheduler  = module.schedule.account
  }
}

output "artifacts_bucket" {
  description = "Takes reports."
  value       = module.data.artifacts_bucket
}

output "dispatcher_image" {
  description = "What runs, by digest; a promotion takes it from here."
  value       = var.images.dispatcher
}

output "event_ack_seconds" {
  description = "What the deploy sets on the subscription that Eventarc made."
  value       = module.events.transport.ack_seconds
}

output "event_dead_letter_topic" {
  description = "What the deploy sets on the subscription that Eventarc made."
  value       = module.events.transport.dead_letter_topic
}

output "event_max_attempts" {
  description = "What the deploy sets on the subscription that Eventarc made."
  value       = module.events.transport.max_attempts
}

output "event_subscription" {
  description = "The subscription that Eventarc made."
  value       = module.events.transport.subscription
}

output "executor_image" {
  description = "What runs, by digest; a promotion takes it from here."
  value       = var.images.executor
}

output "registry" {
  description = "Where images are pushed to."
  value       = module.foundation.registry
}

output "secret_id" {
  description = "The secret that holds the model's keys."
  value       = module.foundation.secret_id
}

output "services" {
  description = "Where the services are called."
  value = {
    dispatcher = module.dispatcher.uri
    executor   = module.executor.uri
  }
}
