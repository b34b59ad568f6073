resource "google_firestore_database" "this" {
  project     = var.context.project_id
  name        = var.firestore.database
  location_id = var.firestore.location
  type        = "FIRESTORE_NATIVE"

  # Preconditions on the update time are all the worker needs; locks would only be waited for.
  concurrency_mode                  = "OPTIMISTIC"
  point_in_time_recovery_enablement = var.firestore.point_in_time_recovery ? "POINT_IN_TIME_RECOVERY_ENABLED" : "POINT_IN_TIME_RECOVERY_DISABLED"
  delete_protection_state           = var.firestore.protected ? "DELETE_PROTECTION_ENABLED" : "DELETE_PROTECTION_DISABLED"
  deletion_policy                   = var.firestore.protected ? "PREVENT" : "DELETE"

  lifecycle {
    precondition {
      condition = (
        lookup({ nam5 = "us-central1", eur3 = "europe-west4" }, var.firestore.location, var.firestore.location)
        == var.context.region
      )
      error_message = "Database, trigger and services have to be in one region; nam5 goes with us-central1, eur3 with europe-west4."
    }
  }
}

# Leases that outlive their step are removed by the database. It is lazy about it, hours to days: no
# decision of the worker rests on it.
resource "google_firestore_field" "lease_purge" {
  project    = var.context.project_id
  database   = google_firestore_database.this.name
  collection = var.firestore.collections.step_leases
  field      = "purgeAt"

  # A time that only grows in an index makes a hot spot, and nobody searches by it.
  index_config {}
  ttl_config {}
}

# Fields that no query names, and that are large or many. Each of their values would be an index entry
# that is written, paid for, and kept in a second place.
resource "google_firestore_field" "not_indexed" {
  for_each = merge(
    {
      # Times that only grow: Firestore takes 500 writes a second into such an index.
      lease_claimed = { collection = var.firestore.collections.step_leases, field = "claimedAt" }
      lease_waits   = { collection = var.firestore.collections.step_leases, field = "notBefore" }
      prompt_system = { collection = var.firestore.collections.llm_prompts, field = "systemInstruction" }
      prompt_user   = { collection = var.firestore.collections.llm_prompts, field = "userPrompt" }
      schema_text   = { collection = var.firestore.collections.llm_schemas, field = "jsonSchema" }
    },
    var.firestore.index_steps ? {} : {
      run_steps = { collection = var.firestore.collections.flow_runs, field = "steps" }
    },
  )

  project    = var.context.project_id
  database   = google_firestore_database.this.name
  collection = each.value.collection
  field      = each.value.field

  index_config {}
}

# The worker's two queries live on single-field indexes, which exist by themselves. These are for people
# who look for stuck steps and for the runs of one flow.
resource "google_firestore_index" "this" {
  for_each = {
    leases_by_state = { collection = var.firestore.collections.step_leases, fields = ["state", "expiresAt"] }
    runs_by_flow    = { collection = var.firestore.collections.flow_runs, fields = ["flowKey", "status"] }
  }

  project    = var.context.project_id
  database   = google_firestore_database.this.name
  collection = each.value.collection

  dynamic "fields" {
    for_each = each.value.fields

    content {
      field_path = fields.value
      order      = "ASCENDING"
    }
  }
}
