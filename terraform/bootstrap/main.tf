# Once for each project, by a person who owns it, with local state: what the pipeline needs to exist.
provider "google" {
  project = var.project_id
  region  = var.region
}

module "delivery" {
  source = "../modules/delivery"

  github       = var.github
  project_id   = var.project_id
  region       = var.region
  state_bucket = var.state_bucket

  depends_on = [google_project_service.this]
}

resource "google_project_service" "this" {
  for_each = toset([
    "cloudresourcemanager.googleapis.com",
    "iam.googleapis.com",
    "iamcredentials.googleapis.com",
    "serviceusage.googleapis.com",
    "sts.googleapis.com",
  ])

  project            = var.project_id
  service            = each.value
  disable_on_destroy = false
}
