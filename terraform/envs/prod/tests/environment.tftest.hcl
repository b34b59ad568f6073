# The same in every environment. Needs no project and no credentials: the provider is mocked.
#   terraform init -backend=false && terraform test

mock_provider "google" {
  mock_data "google_project" {
    defaults = { number = "123456789012" }
  }

  mock_data "google_pubsub_subscription" {
    defaults = { dead_letter_policy = [{ dead_letter_topic = "flow-run-events-dead", max_delivery_attempts = 100 }] }
  }

  # Every address is the same one here; what tells services apart is the path.
  mock_resource "google_cloud_run_v2_service" {
    defaults = { uri = "https://service.example" }
  }
}

override_resource {
  target = module.claims.google_service_account.push
  values = { email = "worker-push@p.iam.gserviceaccount.com", member = "serviceAccount:worker-push@p.iam.gserviceaccount.com" }
}

override_resource {
  target = module.dispatcher.google_service_account.dispatcher
  values = { email = "worker-dispatcher@p.iam.gserviceaccount.com", member = "serviceAccount:worker-dispatcher@p.iam.gserviceaccount.com" }
}

override_resource {
  target = module.events.google_service_account.events
  values = { email = "worker-events@p.iam.gserviceaccount.com", member = "serviceAccount:worker-events@p.iam.gserviceaccount.com" }
}

override_resource {
  target = module.executor.google_service_account.executor
  values = { email = "worker-executor@p.iam.gserviceaccount.com", member = "serviceAccount:worker-executor@p.iam.gserviceaccount.com" }
}

override_resource {
  target = module.schedule.google_service_account.scheduler
  values = { email = "worker-scheduler@p.iam.gserviceaccount.com", member = "serviceAccount:worker-scheduler@p.iam.gserviceaccount.com" }
}

variables {
  images = {
    dispatcher = "europe-west4-docker.pkg.dev/p/worker/dispatcher@sha256:0000000000000000000000000000000000000000000000000000000000000000"
    executor   = "europe-west4-docker.pkg.dev/p/worker/executor@sha256:1111111111111111111111111111111111111111111111111111111111111111"
  }
}

# With everything known, down to the last argument. What has to hold of it is in the module infra.
run "applies" {
  command = apply

  assert {
    condition     = length(distinct(values(output.accounts))) == 5
    error_message = "There have to be five accounts, none of them shared."
  }

  assert {
    condition     = output.dispatcher_image == var.images.dispatcher && output.executor_image == var.images.executor
    error_message = "The images that were asked for have to be the ones that run."
  }
}
