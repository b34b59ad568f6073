mock_provider "google" {
  mock_resource "google_iam_workload_identity_pool" {
    defaults = { name = "projects/1/locations/global/workloadIdentityPools/github" }
  }

  mock_resource "google_service_account" {
    defaults = {
      member = "serviceAccount:worker-deployer@p.iam.gserviceaccount.com"
      name   = "projects/p/serviceAccounts/worker-deployer@p.iam.gserviceaccount.com"
    }
  }
}

variables {
  github       = { environment = "prod", repository = "owner/worker-llm-client" }
  project_id   = "p"
  region       = "europe-west4"
  state_bucket = "state"
}

run "one_environment_of_one_repository_may_deploy" {
  command = apply

  assert {
    condition     = endswith(google_service_account_iam_member.deployer_from_github.member, "/github/subject/repo:owner/worker-llm-client:environment:prod")
    error_message = "Only this repository's workflows, and only within the protected environment."
  }

  assert {
    condition     = google_iam_workload_identity_pool_provider.github.attribute_condition == "assertion.repository == 'owner/worker-llm-client'"
    error_message = "Without its condition the provider lets in all of GitHub."
  }
}

run "a_repository_has_an_owner" {
  command = plan

  variables {
    github = { environment = "prod", repository = "worker-llm-client" }
  }

  expect_failures = [var.github]
}
