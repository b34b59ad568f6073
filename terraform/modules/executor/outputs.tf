output "account" {
  description = "E-mail address of the service's account."
  value       = google_service_account.executor.email
}

output "audience" {
  description = "What callers put into their tokens."
  value       = local.audience
}

output "name" {
  description = "Name of the service."
  value       = google_cloud_run_v2_service.executor.name
}

output "uri" {
  description = "Where the service is called."
  value       = google_cloud_run_v2_service.executor.uri
}
