resource "google_service_account" "deployer" {
  project      = var.project_id
  account_id   = "worker-deployer"
  display_name = "the pipeline builds, plans and applies as this account"
}

# What an apply of an environment does, service by service. No owner and no editor; still an account that
# may grant roles, so who may be it is decided below.
resource "google_project_iam_member" "deployer" {
  for_each = toset([
    "roles/artifactregistry.admin",
    "roles/cloudscheduler.admin",
    "roles/datastore.owner",
    "roles/eventarc.admin",
    "roles/iam.serviceAccountAdmin",
    "roles/iam.serviceAccountUser",
    "roles/logging.configWriter",
    "roles/logging.viewer",
    "roles/monitoring.editor",
    "roles/pubsub.admin",
    "roles/resourcemanager.projectIamAdmin",
    "roles/run.admin",
    "roles/secretmanager.admin",
    "roles/serviceusage.serviceUsageAdmin",
    "roles/storage.admin",
  ])

  project = var.project_id
  role    = each.value
  member  = google_service_account.deployer.member
}

# One repository's workflows may be the deployer, and for production only those that run in the protected
# environment of that name. There is no key that could leak.
resource "google_service_account_iam_member" "deployer_from_github" {
  service_account_id = google_service_account.deployer.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principal://iam.googleapis.com/${google_iam_workload_identity_pool.github.name}/subject/repo:${var.github.repository}:environment:${var.github.environment}"
}
