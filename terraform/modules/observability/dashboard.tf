resource "google_monitoring_dashboard" "worker" {
  project = var.context.project_id

  dashboard_json = templatefile("${path.module}/dashboard.json.tftpl", {
    environment   = var.context.environment
    subscriptions = join("|", var.subscriptions)
  })
}
