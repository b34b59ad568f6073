# Metrics from log lines. The events and fields are those of contracts/log_event.schema.json; a test holds
# every filter to them. No run or step ids in labels: each would be a time series of its own.
locals {
  lines = "resource.type=\"cloud_run_revision\" AND jsonPayload.service=\"worker_llm_client\" AND jsonPayload.env=\"${var.context.environment}\""

  counters = {
    claim_conflicts_total = {
      about  = "Claims lost to another writer of the run."
      filter = "jsonPayload.event=\"claim_attempt\" AND jsonPayload.reason=\"precondition_failed\""
      labels = {}
    }
    dead_letters_total = {
      about  = "Claims that used up their deliveries."
      filter = "jsonPayload.event=\"claim_dead_lettered\""
      labels = { outcome = "outcome" }
    }
    events_total = {
      about  = "Firestore events by how they ended."
      filter = "jsonPayload.event=\"cloud_event_finished\""
      labels = { outcome = "status" }
    }
    internal_errors_total = {
      about  = "Bugs."
      filter = "jsonPayload.event=\"internal_error\""
      labels = { component = "component" }
    }
    model_calls_total = {
      about  = "Answers of the model, repairs included."
      filter = "jsonPayload.event=\"llm_request_finished\""
      labels = { model = "modelName", status = "status" }
    }
    reclaims_total = {
      about  = "Steps whose executor died and that were claimed anew."
      filter = "jsonPayload.event=\"step_reclaimed\""
      labels = {}
    }
    repair_total = {
      about  = "Repairs of invalid answers."
      filter = "jsonPayload.event=\"structured_output_repair_attempt_finished\""
      labels = { outcome = "ok" }
    }
    step_executions_total = {
      about  = "Steps by how they ended."
      filter = "jsonPayload.event=(\"step_completed\" OR \"step_failed\")"
      labels = { error_code = "error.code", model = "modelName", status = "event" }
    }
    sweeps_total = {
      about  = "Sweeps that came to their end."
      filter = "jsonPayload.event=\"sweep_finished\""
      labels = {}
    }
  }

  distributions = {
    llm_output_tokens = {
      about  = "Tokens of one answer."
      filter = "jsonPayload.event=\"llm_request_finished\" AND jsonPayload.usage.candidatesTokens>0"
      labels = { model = "modelName" }
      unit   = "1"
      value  = "usage.candidatesTokens"
    }
    llm_prompt_tokens = {
      about  = "Tokens of one request."
      filter = "jsonPayload.event=\"llm_request_finished\" AND jsonPayload.usage.promptTokens>0"
      labels = { model = "modelName" }
      unit   = "1"
      value  = "usage.promptTokens"
    }
    llm_request_latency_ms = {
      about  = "How long one model call took."
      filter = "jsonPayload.event=\"llm_request_finished\""
      labels = { model = "modelName" }
      unit   = "ms"
      value  = "durationMs"
    }
    llm_thought_tokens = {
      about  = "Tokens that the model thought with; they are paid for as output."
      filter = "jsonPayload.event=\"llm_request_finished\" AND jsonPayload.usage.thoughtsTokens>0"
      labels = { model = "modelName" }
      unit   = "1"
      value  = "usage.thoughtsTokens"
    }
    overdue_leases = {
      about  = "Expired leases that one sweep found."
      filter = "jsonPayload.event=\"sweep_finished\""
      labels = {}
      unit   = "1"
      value  = "expired"
    }
    step_latency_ms = {
      about  = "From claim to success."
      filter = "jsonPayload.event=\"step_completed\""
      labels = { model = "modelName" }
      unit   = "ms"
      value  = "durationMs"
    }
  }
}

resource "google_logging_metric" "counters" {
  for_each = local.counters

  project          = var.context.project_id
  name             = each.key
  description      = each.value.about
  filter           = "${local.lines} AND ${each.value.filter}"
  label_extractors = { for label, field in each.value.labels : label => "EXTRACT(jsonPayload.${field})" }

  metric_descriptor {
    metric_kind  = "DELTA"
    value_type   = "INT64"
    unit         = "1"
    display_name = each.value.about

    dynamic "labels" {
      for_each = each.value.labels

      content {
        key        = labels.key
        value_type = "STRING"
      }
    }
  }
}

resource "google_logging_metric" "distributions" {
  for_each = local.distributions

  project          = var.context.project_id
  name             = each.key
  description      = each.value.about
  filter           = "${local.lines} AND ${each.value.filter}"
  value_extractor  = "EXTRACT(jsonPayload.${each.value.value})"
  label_extractors = { for label, field in each.value.labels : label => "EXTRACT(jsonPayload.${field})" }

  metric_descriptor {
    metric_kind  = "DELTA"
    value_type   = "DISTRIBUTION"
    unit         = each.value.unit
    display_name = each.value.about

    dynamic "labels" {
      for_each = each.value.labels

      content {
        key        = labels.key
        value_type = "STRING"
      }
    }
  }

  # From 1 to about 10 million, each bucket 1.5 times the one before.
  bucket_options {
    exponential_buckets {
      num_finite_buckets = 40
      growth_factor      = 1.5
      scale              = 1
    }
  }
}
