environment = "dev"
project_id  = "my-worker-dev"
region      = "europe-west4"

archive   = { bucket = "my-worker-dev-dead-letters", delete_after_days = 30 }
artifacts = { bucket = "my-worker-dev-artifacts", delete_after_days = 90 }
firestore = { location = "eur3", point_in_time_recovery = false, protected = false }
gemini    = { key_id = "dev-1" }
