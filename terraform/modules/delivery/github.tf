resource "google_iam_workload_identity_pool" "github" {
  project                   = var.project_id
  workload_identity_pool_id = "github"
  display_name              = "GitHub Actions"
}

resource "google_iam_workload_identity_pool_provider" "github" {
  project                            = var.project_id
  workload_identity_pool_id          = google_iam_workload_identity_pool.github.workload_identity_pool_id
  workload_identity_pool_provider_id = "actions"
  display_name                       = "GitHub Actions"

  # Without a condition, any workflow of anybody on GitHub would get in.
  attribute_condition = "assertion.repository == '${var.github.repository}'"

  attribute_mapping = {
    "attribute.environment" = "assertion.environment"
    "attribute.repository"  = "assertion.repository"
    "google.subject"        = "assertion.sub"
  }

  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}
