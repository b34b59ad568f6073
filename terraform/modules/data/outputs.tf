output "archive_bucket" {
  description = "Takes dead letters. Known only once Pub/Sub may write there."
  value       = google_storage_bucket.dead_letters.name
  depends_on  = [google_storage_bucket_iam_member.archive_writer]
}

output "artifacts_bucket" {
  description = "Takes reports."
  value       = google_storage_bucket.artifacts.name
}

output "database" {
  description = "The database's id."
  value       = google_firestore_database.this.name
}

output "quarantine_bucket" {
  description = "Takes invalid answers; null where there is none."
  value       = one(google_storage_bucket.quarantine[*].name)
}
