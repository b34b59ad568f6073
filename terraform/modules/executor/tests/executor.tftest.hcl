# What has to fail the plan, and what has to come out of it.
mock_provider "google" {}

variables {
  context     = { environment = "test", project_id = "p", project_number = "1", region = "europe-west4" }
  collections = { flow_runs = "flow_runs", llm_prompts = "llm_prompts", llm_schemas = "llm_schemas", step_leases = "step_leases" }

  artifacts             = { bucket = "artifacts", input_buckets = ["charts"] }
  database              = "(default)"
  gemini                = { key_id = "k1", secret_id = "gemini-api-keys" }
  leases                = { LEASE_SECONDS = "60" }
  max_delivery_attempts = 10
  push_account          = "push@p.iam.gserviceaccount.com"
  settings              = { image = "r/executor@sha256:0000000000000000000000000000000000000000000000000000000000000000" }
  times                 = { ack_seconds = 600, finalize_seconds = 120, invocation_seconds = 590, model_seconds = 450, request_seconds = 600 }
}

run "plans" {
  command = plan

  assert {
    condition     = google_cloud_run_v2_service.executor.template[0].timeout == "600s"
    error_message = "Cloud Run's timeout has to be request_seconds."
  }

  assert {
    condition     = google_cloud_run_v2_service.executor.ingress == "INGRESS_TRAFFIC_INTERNAL_ONLY"
    error_message = "The executor is for Pub/Sub alone."
  }

  assert {
    condition     = google_cloud_run_v2_service.executor.template[0].max_instance_request_concurrency == 1
    error_message = "One request at a time, until somebody decides otherwise."
  }

  assert {
    condition     = toset(keys(google_storage_bucket_iam_member.inputs)) == toset(["artifacts", "charts"])
    error_message = "Inputs are read from both buckets."
  }
}

run "model_and_finalize_have_to_fit_the_invocation" {
  command = plan

  variables {
    times = { ack_seconds = 600, finalize_seconds = 120, invocation_seconds = 590, model_seconds = 471, request_seconds = 600 }
  }

  expect_failures = [google_cloud_run_v2_service.executor]
}

run "the_invocation_has_to_fit_the_request" {
  command = plan

  variables {
    times = { ack_seconds = 600, finalize_seconds = 120, invocation_seconds = 590, model_seconds = 450, request_seconds = 589 }
  }

  expect_failures = [google_cloud_run_v2_service.executor]
}

run "the_request_has_to_fit_the_ack_deadline" {
  command = plan

  variables {
    times = { ack_seconds = 599, finalize_seconds = 120, invocation_seconds = 590, model_seconds = 450, request_seconds = 600 }
  }

  expect_failures = [google_cloud_run_v2_service.executor]
}

run "the_ack_deadline_has_a_limit" {
  command = plan

  variables {
    times = { ack_seconds = 601, finalize_seconds = 120, invocation_seconds = 590, model_seconds = 450, request_seconds = 600 }
  }

  expect_failures = [google_cloud_run_v2_service.executor]
}

run "an_image_is_named_by_digest" {
  command = plan

  variables {
    settings = { image = "r/executor:latest" }
  }

  expect_failures = [google_cloud_run_v2_service.executor]
}

run "a_key_is_not_among_the_variables" {
  command = plan

  variables {
    settings = {
      image = "r/executor@sha256:0000000000000000000000000000000000000000000000000000000000000000"
      env   = { GEMINI_API_KEY = "canary" }
    }
  }

  expect_failures = [var.settings]
}

run "a_secret_has_a_version" {
  command = plan

  variables {
    gemini = { key_id = "k1", secret_id = "gemini-api-keys", secret_version = "latest" }
  }

  expect_failures = [var.gemini]
}

run "a_key_has_an_id" {
  command = plan

  variables {
    gemini = { secret_id = "gemini-api-keys" }
  }

  expect_failures = [var.gemini]
}

run "vertex_needs_no_key" {
  command = plan

  variables {
    gemini = { auth_mode = "vertex_adc", location = "europe-west4", secret_id = "gemini-api-keys" }
  }

  assert {
    condition     = length(google_secret_manager_secret_iam_member.gemini_keys) == 0 && length(google_project_iam_member.vertex) == 1
    error_message = "With Vertex AI the executor may call the model and not read the key."
  }
}
