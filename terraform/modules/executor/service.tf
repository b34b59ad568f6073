locals {
  # A name that callers put into their tokens and the service looks for. Its own address would be known
  # only after it was created, and so could not be among its variables.
  audience = "https://executor.${var.context.project_id}.worker"

  env = {
    for name, value in merge(
      {
        ARTIFACTS_BUCKET           = var.artifacts.bucket
        ARTIFACTS_PREFIX           = var.artifacts.prefix
        CLOUD_RUN_TIMEOUT_SECONDS  = tostring(var.times.request_seconds)
        ENV                        = var.context.environment
        FINALIZE_BUDGET_SECONDS    = tostring(var.times.finalize_seconds)
        FIRESTORE_DATABASE         = var.database
        FLOW_RUNS_COLLECTION       = var.collections.flow_runs
        GEMINI_ALLOWED_MODELS      = join(",", var.gemini.allowed_models)
        GEMINI_API_KEY_ID          = var.gemini.auth_mode == "vertex_adc" ? "" : var.gemini.key_id
        GEMINI_AUTH_MODE           = var.gemini.auth_mode
        GEMINI_LOCATION            = var.gemini.location
        GEMINI_TIMEOUT_SECONDS     = tostring(var.times.model_seconds)
        GOOGLE_CLOUD_PROJECT       = var.context.project_id
        INVOCATION_TIMEOUT_SECONDS = tostring(var.times.invocation_seconds)
        LLM_PROMPTS_COLLECTION     = var.collections.llm_prompts
        LLM_SCHEMAS_COLLECTION     = var.collections.llm_schemas
        LOG_LEVEL                  = var.settings.log_level
        MAX_DELIVERY_ATTEMPTS      = tostring(var.max_delivery_attempts)
        PUSH_ACK_DEADLINE_SECONDS  = tostring(var.times.ack_seconds)
        PUSH_AUDIENCE              = local.audience
        PUSH_SERVICE_ACCOUNT       = var.push_account
        QUARANTINE_BUCKET          = var.quarantine_bucket
        RAW_OUTPUT_CAPTURE         = var.quarantine_bucket == null ? "off" : "quarantine"
        STEP_LEASES_COLLECTION     = var.collections.step_leases
      },
      var.leases,
      var.settings.env,
    ) : name => value if value != null && value != ""
  }
}

resource "google_cloud_run_v2_service" "executor" {
  project             = var.context.project_id
  name                = "worker-executor"
  location            = var.context.region
  labels              = var.context.labels
  ingress             = "INGRESS_TRAFFIC_INTERNAL_ONLY"
  custom_audiences    = [local.audience]
  deletion_protection = var.settings.protected

  # Said aloud, so that a deploy ends what a rollback did.
  traffic {
    type    = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"
    percent = 100
  }

  template {
    service_account                  = google_service_account.executor.email
    timeout                          = "${var.times.request_seconds}s"
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

      # Read when an instance starts. The version is named, so a new key is a new revision, which can be
      # rolled back.
      dynamic "env" {
        for_each = var.gemini.auth_mode == "vertex_adc" ? [] : [var.gemini.secret_version]

        content {
          name = "GEMINI_API_KEYS_JSON"

          value_source {
            secret_key_ref {
              secret  = var.gemini.secret_id
              version = env.value
            }
          }
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

    precondition {
      condition     = var.times.model_seconds + var.times.finalize_seconds <= var.times.invocation_seconds
      error_message = "Timeout chain: model_seconds + finalize_seconds is over invocation_seconds."
    }

    precondition {
      condition     = var.times.invocation_seconds <= var.times.request_seconds
      error_message = "Timeout chain: invocation_seconds is over request_seconds, Cloud Run's limit."
    }

    precondition {
      condition     = var.times.request_seconds <= var.times.ack_seconds
      error_message = "Timeout chain: request_seconds is over ack_seconds, so Pub/Sub would deliver again while the step is worked on."
    }

    precondition {
      condition     = var.times.ack_seconds <= 600
      error_message = "Timeout chain: ack_seconds is over 600, Pub/Sub's limit."
    }
  }

  # A revision whose secret it may not read does not start.
  depends_on = [
    google_project_iam_member.firestore,
    google_secret_manager_secret_iam_member.gemini_keys,
    google_storage_bucket_iam_member.inputs,
    google_storage_bucket_iam_member.reports,
  ]
}
