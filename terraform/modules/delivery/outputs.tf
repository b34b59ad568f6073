output "deployer" {
  description = "E-mail address of the account that the pipeline deploys with."
  value       = google_service_account.deployer.email
}

output "provider" {
  description = "What the workflow names to get in."
  value       = google_iam_workload_identity_pool_provider.github.name
}

output "state_bucket" {
  description = "The bucket of Terraform's state."
  value       = google_storage_bucket.state.name
}
