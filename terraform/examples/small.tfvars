# The least that has to be said: a database in its own region, one key.
environment = "dev"
project_id  = "my-worker-dev"
region      = "europe-west4"

archive   = { bucket = "my-worker-dev-dead-letters" }
artifacts = { bucket = "my-worker-dev-artifacts" }
firestore = { location = "eur3" }
gemini    = { key_id = "dev-1" }
