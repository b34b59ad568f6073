output "account" {
  description = "E-mail address of the service's account."
  value       = google_service_account.dispatcher.email
}

output "name" {
  description = "Name of the service."
  value       = google_cloud_run_v2_service.dispatcher.name
}

output "uri" {
  description = "Where the service is called."
  value       = google_cloud_run_v2_service.dispatcher.uri
}
