mock_provider "google" {}

variables {
  context   = { environment = "test", project_id = "p", project_number = "1", region = "europe-west4" }
  archive   = { bucket = "dead-letters" }
  artifacts = { bucket = "artifacts" }
  firestore = { location = "eur3" }
}

run "plans" {
  command = plan

  assert {
    condition     = length(google_firestore_field.lease_purge.ttl_config) == 1
    error_message = "Leases that outlive their step are purged."
  }

  assert {
    condition     = length(google_storage_bucket.quarantine) == 0
    error_message = "No quarantine unless asked for."
  }
}

run "database_and_services_are_in_one_region" {
  command = plan

  variables {
    firestore = { location = "nam5" }
  }

  expect_failures = [google_firestore_database.this]
}

run "a_region_of_its_own_will_do" {
  command = plan

  variables {
    firestore = { location = "europe-west4" }
  }
}

run "quarantine_has_a_bucket_of_its_own" {
  command = plan

  variables {
    quarantine = { bucket = "artifacts" }
  }

  expect_failures = [var.quarantine]
}

run "quarantine_is_not_for_everybody" {
  command = plan

  variables {
    quarantine = { bucket = "quarantine", readers = ["allUsers"] }
  }

  expect_failures = [var.quarantine]
}

run "leases_are_not_among_runs" {
  command = plan

  variables {
    firestore = { location = "eur3", collections = { step_leases = "flow_runs" } }
  }

  expect_failures = [var.firestore]
}
