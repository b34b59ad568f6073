resource "google_service_account" "scheduler" {
  project      = var.context.project_id
  account_id   = "worker-scheduler"
  display_name = "Cloud Scheduler calls the dispatcher as this account"
}

resource "google_cloud_run_v2_service_iam_member" "scheduler_invoker" {
  project  = var.context.project_id
  location = var.context.region
  name     = var.dispatcher.name
  role     = "roles/run.invoker"
  member   = google_service_account.scheduler.member
}

# Both may run while the one before still runs; they are made for it.
resource "google_cloud_scheduler_job" "this" {
  for_each = {
    reconcile = { path = "/reconcile", schedule = var.schedules.reconcile, retries = 1, about = "finds READY steps whose event was lost" }
    sweep     = { path = "/sweep", schedule = var.schedules.sweep, retries = 0, about = "takes up steps whose executor died" }
  }

  project          = var.context.project_id
  region           = var.context.region
  name             = "worker-${each.key}"
  description      = each.value.about
  schedule         = each.value.schedule
  time_zone        = "Etc/UTC"
  paused           = var.schedules.paused
  attempt_deadline = "${var.dispatcher.timeout_seconds}s"

  http_target {
    http_method = "POST"
    uri         = "${var.dispatcher.uri}${each.value.path}"

    oidc_token {
      service_account_email = google_service_account.scheduler.email
      audience              = var.dispatcher.uri
    }
  }

  retry_config {
    retry_count = each.value.retries
  }

  depends_on = [google_cloud_run_v2_service_iam_member.scheduler_invoker]
}
