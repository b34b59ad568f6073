# The same in every environment; a test compares them. What differs is in terraform.tfvars.
provider "google" {
  project = var.project_id
  region  = var.region
}

data "google_project" "this" {
  project_id = var.project_id
}

locals {
  context = {
    environment    = var.environment
    labels         = merge(var.labels, { app = "worker-llm-client", env = var.environment })
    project_id     = var.project_id
    project_number = data.google_project.this.number
    region         = var.region
  }

  topic = "step-claimed"

  leases = {
    CLAIM_MAX_AGE_HOURS    = tostring(var.leases.claim_max_age_hours)
    DISPATCH_LEASE_SECONDS = tostring(var.leases.dispatch_seconds)
    LEASE_SECONDS          = tostring(var.leases.seconds)
    MAX_CLAIM_ATTEMPTS     = tostring(var.leases.max_claim_attempts)
    SWEEP_GRACE_SECONDS    = tostring(var.leases.sweep_grace_seconds)
  }
}

module "foundation" {
  source = "../../modules/foundation"

  context  = local.context
  registry = var.registry
  vertex   = var.gemini.auth_mode == "vertex_adc"
}

module "data" {
  source = "../../modules/data"

  archive    = var.archive
  artifacts  = { bucket = var.artifacts.bucket, delete_after_days = var.artifacts.delete_after_days }
  context    = local.context
  firestore  = var.firestore
  quarantine = var.quarantine

  depends_on = [module.foundation]
}

module "claims" {
  source = "../../modules/claims"

  archive_bucket = module.data.archive_bucket
  context        = local.context
  topic          = local.topic

  delivery = {
    ack_seconds  = var.times.ack_seconds
    max_attempts = var.max_delivery_attempts
  }

  executor = {
    audience = module.executor.audience
    name     = module.executor.name
    uri      = module.executor.uri
  }

  depends_on = [module.foundation]
}

module "dispatcher" {
  source = "../../modules/dispatcher"

  collections = {
    flow_runs   = var.firestore.collections.flow_runs
    step_leases = var.firestore.collections.step_leases
  }

  context  = local.context
  database = module.data.database
  leases   = local.leases
  settings = merge(var.dispatcher, { image = var.images.dispatcher })
  topic    = module.claims.topic
}

module "executor" {
  source = "../../modules/executor"

  artifacts = {
    bucket        = module.data.artifacts_bucket
    input_buckets = var.artifacts.input_buckets
    prefix        = var.artifacts.prefix
  }

  collections           = var.firestore.collections
  context               = local.context
  database              = module.data.database
  gemini                = merge(var.gemini, { secret_id = module.foundation.secret_id })
  leases                = local.leases
  max_delivery_attempts = var.max_delivery_attempts
  push_account          = module.claims.push_account
  quarantine_bucket     = module.data.quarantine_bucket
  settings              = merge(var.executor, { image = var.images.executor })
  times                 = var.times
}

module "events" {
  source = "../../modules/events"

  archive_bucket       = module.data.archive_bucket
  context              = local.context
  database             = module.data.database
  delivery             = var.event_delivery
  dispatcher           = { name = module.dispatcher.name }
  flow_runs_collection = var.firestore.collections.flow_runs
}

module "schedule" {
  source = "../../modules/schedule"

  context   = local.context
  schedules = var.schedules

  dispatcher = {
    name            = module.dispatcher.name
    timeout_seconds = var.dispatcher.timeout_seconds
    uri             = module.dispatcher.uri
  }
}

module "observability" {
  source = "../../modules/observability"

  alerts        = var.alerts
  budget        = var.budget
  context       = local.context
  subscriptions = [module.claims.subscription, module.events.transport.subscription]

  depends_on = [module.foundation]
}
