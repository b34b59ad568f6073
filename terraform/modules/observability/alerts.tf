locals {
  # How Cloud Monitoring names log-based metrics in PromQL.
  m   = "logging_googleapis_com:user_"
  run = "monitored_resource=\"cloud_run_revision\""

  # Faults of the step itself, which no change of ours would mend.
  not_ours = "error_code!~\"${join("|", var.alerts.codes_of_others)}\""

  ended  = "${local.m}step_executions_total{${local.run}}"
  failed = "${local.m}step_executions_total{${local.run},status=\"step_failed\"}"
  ours   = "${local.m}step_executions_total{${local.run},status=\"step_failed\",${local.not_ours}}"

  # Share of the error budget's rate at which steps fail through us, over one window.
  burn = {
    for window in ["5m", "30m", "1h", "6h"] :
    window => "sum(increase(${local.ours}[${window}])) / sum(increase(${local.ended}[${window}])) / ${format("%.5f", 1 - var.alerts.objective)}"
  }

  # What is thought is paid for too. Without "or vector(0)" a model that does not think would leave no sum.
  tokens = join(" + ", [
    for kind in ["prompt", "output", "thought"] :
    "(sum(increase(${local.m}llm_${kind}_tokens_sum{${local.run}}[1h])) or vector(0))"
  ])

  subscriptions = "subscription_id=~\"${join("|", var.subscriptions)}\""

  alerts = {
    burn_rate_fast = {
      about    = "At this rate the month's error budget is gone in two days. See the failed steps of the last hour by error.code."
      query    = "(${local.burn["1h"]}) > 14.4 and (${local.burn["5m"]}) > 14.4"
      duration = "120s"
      severity = "CRITICAL"
    }
    burn_rate_slow = {
      about    = "At this rate the month's error budget is gone in five days. See the failed steps of the last six hours by error.code."
      query    = "(${local.burn["6h"]}) > 6 and (${local.burn["30m"]}) > 6"
      duration = "900s"
      severity = "WARNING"
    }
    dead_letters = {
      about    = "Messages used up their deliveries. What was in them is in the archive bucket; docs/deploy.md says how to look."
      query    = "sum by (subscription_id) (increase(pubsub_googleapis_com:subscription_dead_letter_message_count{${local.subscriptions}}[15m])) > 0"
      duration = "0s"
      severity = "ERROR"
    }
    failure_rate = {
      about    = "Many steps fail, whoever is at fault. See the failed steps by error.code."
      query    = "sum(increase(${local.failed}[30m])) / sum(increase(${local.ended}[30m])) > ${var.alerts.failure_rate} and sum(increase(${local.ended}[30m])) >= ${var.alerts.failure_rate_steps}"
      duration = "300s"
      severity = "WARNING"
    }
    internal_errors = {
      about    = "A bug: see the line internal_error, it has the stack."
      query    = "sum by (component) (increase(${local.m}internal_errors_total{${local.run}}[15m])) > 0"
      duration = "0s"
      severity = "ERROR"
    }
    oldest_unacked_message = {
      about    = "A claim waits long. Either the executor cannot keep up (max_instances, quota of the model), or it refuses everything."
      query    = "max by (subscription_id) (pubsub_googleapis_com:subscription_oldest_unacked_message_age{${local.subscriptions}}) > ${var.alerts.oldest_message_seconds}"
      duration = "300s"
      severity = "ERROR"
    }
    overdue_leases = {
      about    = "Sweeps find many expired leases: executors die, or claims wait in the queue for longer than their lease."
      query    = "sum(increase(${local.m}overdue_leases_sum{${local.run}}[15m])) > ${var.alerts.overdue_leases}"
      duration = "300s"
      severity = "WARNING"
    }
    repair_rate = {
      about    = "The model often has to mend its answers, each time for money. A prompt or schema was changed, or the model was."
      query    = "sum(increase(${local.m}repair_total{${local.run}}[1h])) / sum(increase(${local.m}model_calls_total{${local.run}}[1h])) > ${var.alerts.repair_rate}"
      duration = "900s"
      severity = "WARNING"
    }
    sweep_missing = {
      about    = "No sweep ended for 20 minutes: steps whose executor died stay RUNNING. See the Cloud Scheduler job worker-sweep."
      query    = "absent_over_time(${local.m}sweeps_total{${local.run}}[20m])"
      duration = "0s"
      severity = "ERROR"
    }
    token_burn = {
      about    = "More tokens within the hour than planned. See which runs: sum by runId over llm_request_finished."
      query    = "${local.tokens} > ${var.alerts.tokens_per_hour}"
      duration = "0s"
      severity = "WARNING"
    }
  }
}

resource "google_monitoring_notification_channel" "email" {
  for_each = var.alerts.emails

  project      = var.context.project_id
  display_name = "worker alerts"
  type         = "email"
  labels       = { email_address = each.value }
}

resource "google_monitoring_alert_policy" "this" {
  for_each = local.alerts

  project               = var.context.project_id
  display_name          = "worker ${var.context.environment}: ${replace(each.key, "_", " ")}"
  combiner              = "OR"
  enabled               = var.alerts.enabled
  severity              = each.value.severity
  notification_channels = [for channel in google_monitoring_notification_channel.email : channel.name]
  user_labels           = var.context.labels

  conditions {
    display_name = each.key

    condition_prometheus_query_language {
      query               = each.value.query
      duration            = each.value.duration
      evaluation_interval = "60s"

      # The metric comes into being with its first line, which may be weeks after the alert.
      disable_metric_validation = true
    }
  }

  documentation {
    content   = each.value.about
    mime_type = "text/markdown"
  }

  alert_strategy {
    auto_close = "86400s"
  }

  depends_on = [google_logging_metric.counters, google_logging_metric.distributions]
}
