mock_provider "google" {}

variables {
  context     = { environment = "test", project_id = "p", project_number = "1", region = "europe-west4" }
  collections = { flow_runs = "flow_runs", step_leases = "step_leases" }
  database    = "(default)"
  leases      = { LEASE_SECONDS = "60" }
  settings    = { image = "r/dispatcher@sha256:0000000000000000000000000000000000000000000000000000000000000000" }
  topic       = "step-claimed"
}

run "plans" {
  command = plan

  assert {
    condition     = google_cloud_run_v2_service.dispatcher.template[0].max_instance_request_concurrency == 80
    error_message = "The dispatcher takes 80 requests at once."
  }
}

run "an_image_is_named_by_digest" {
  command = plan

  variables {
    settings = { image = "r/dispatcher:1.0" }
  }

  expect_failures = [google_cloud_run_v2_service.dispatcher]
}

run "instances_have_an_order" {
  command = plan

  variables {
    settings = {
      image         = "r/dispatcher@sha256:0000000000000000000000000000000000000000000000000000000000000000"
      min_instances = 3
      max_instances = 2
    }
  }

  expect_failures = [var.settings]
}
