environment = "prod"
project_id  = "my-worker-prod"
region      = "europe-west4"

archive   = { bucket = "my-worker-prod-dead-letters" }
artifacts = { bucket = "my-worker-prod-artifacts" }
firestore = { location = "eur3" }

gemini = {
  key_id         = "prod-1"
  allowed_models = ["gemini-2.5-pro", "gemini-2.5-flash"]
}
