output "account" {
  description = "E-mail address of the account that Cloud Scheduler calls with."
  value       = google_service_account.scheduler.email
}
