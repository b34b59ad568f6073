output "alerts" {
  description = "Names of the alerts."
  value       = keys(google_monitoring_alert_policy.this)
}

output "metrics" {
  description = "Names of the log-based metrics."
  value       = concat(keys(google_logging_metric.counters), keys(google_logging_metric.distributions))
}
