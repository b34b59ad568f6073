output "registry" {
  description = "Where images are pushed to."
  value       = "${var.context.region}-docker.pkg.dev/${var.context.project_id}/${google_artifact_registry_repository.images.repository_id}"
}

output "secret_id" {
  description = "The secret that holds the model's keys."
  value       = google_secret_manager_secret.gemini_keys.secret_id
}
