locals {
  env = merge(
    {
      ENV                    = var.context.environment
      FIRESTORE_DATABASE     = var.database
      FLOW_RUNS_COLLECTION   = var.collections.flow_runs
      GOOGLE_CLOUD_PROJECT   = var.context.project_id
      LOG_LEVEL              = var.settings.log_level
      STEP_CLAIMED_TOPIC     = var.topic
      STEP_LEASES_COLLECTION = var.collections.step_leases
    },
    var.leases,
    var.settings.env,
  )
}

resource "google_cloud_run_v2_service" "dispatcher" {
  project             = var.context.project_id
  name                = "worker-dispatcher"
  location            = var.context.region
  labels              = var.context.labels
  ingress             = "INGRESS_TRAFFIC_INTERNAL_ONLY"
  deletion_protection = var.settings.protected

  # Said aloud, so that a deploy ends what a rollback did.
  traffic {
    type    = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"
    percent = 100
  }

  template {
    service_account                  = google_service_account.dispatcher.email
    timeout                          = "${var.settings.timeout_seconds}s"
    max_instance_request_concurrency = var.settings.concurrency
    labels                           = var.context.labels

    scaling {
      min_instance_count = var.settings.min_instances
      max_instance_count = var.settings.max_instances
    }

    containers {
      image = var.settings.image

      ports {
        container_port = 8080
      }

      # CPU only while a request is answered: nothing runs after the answer, by design.
      resources {
        limits            = { cpu = var.settings.cpu, memory = var.settings.memory }
        cpu_idle          = true
        startup_cpu_boost = true
      }

      dynamic "env" {
        for_each = local.env

        content {
          name  = env.key
          value = env.value
        }
      }

      startup_probe {
        period_seconds    = 1
        timeout_seconds   = 1
        failure_threshold = 60

        http_get {
          path = "/health/ready"
        }
      }

      liveness_probe {
        period_seconds    = 10
        timeout_seconds   = 2
        failure_threshold = 3

        http_get {
          path = "/health/live"
        }
      }
    }
  }

  lifecycle {
    precondition {
      condition     = can(regex("@sha256:[0-9a-f]{64}$", var.settings.image))
      error_message = "The image has to be named by its digest, so that what was tested is what runs."
    }
  }

  # A revision that starts before it may read and publish would fail its first events.
  depends_on = [google_project_iam_member.firestore, google_pubsub_topic_iam_member.publisher]
}
