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

output "images" {
  description = "What runs, by digest: what is promoted to the next environment."
  value       = var.images
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

output "transport" {
  description = "The subscription that Eventarc made, and what the deploy sets on it."
  value       = module.events.transport
}
