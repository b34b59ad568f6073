# The model on Vertex AI, by the executor's own account: no key anywhere.
environment = "dev"
project_id  = "my-worker-dev"
region      = "us-central1"

archive   = { bucket = "my-worker-dev-dead-letters" }
artifacts = { bucket = "my-worker-dev-artifacts", input_buckets = ["my-charts"] }
firestore = { location = "nam5", database = "worker" }
gemini    = { auth_mode = "vertex_adc", location = "global", allowed_models = ["gemini-2.5-*"] }
