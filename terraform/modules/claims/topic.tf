# StepClaimed, as contracts/step_claimed.schema.json says. There is no Pub/Sub schema on it: that knows
# Avro and Protobuf, and would refuse the fields that a newer dispatcher adds.
resource "google_pubsub_topic" "claims" {
  project                    = var.context.project_id
  name                       = var.topic
  labels                     = var.context.labels
  message_retention_duration = "604800s"

  # Order holds within a region only.
  message_storage_policy {
    allowed_persistence_regions = [var.context.region]
  }
}
