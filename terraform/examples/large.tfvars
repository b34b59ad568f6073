# A thousand steps a minute (docs/capacity.md): several model calls in one instance, instances kept warm,
# invalid answers kept for a look, alerts by mail, a budget.
environment = "prod"
project_id  = "my-worker-prod"
region      = "europe-west4"

archive    = { bucket = "my-worker-prod-dead-letters" }
artifacts  = { bucket = "my-worker-prod-artifacts", prefix = "reports" }
firestore  = { location = "eur3" }
gemini     = { key_id = "prod-2", secret_version = "2", allowed_models = ["gemini-2.5-pro"] }
quarantine = { bucket = "my-worker-prod-quarantine", readers = ["group:worker-oncall@example.com"] }

dispatcher = { min_instances = 1, max_instances = 20 }
executor   = { concurrency = 40, cpu = "2", memory = "2Gi", min_instances = 2, max_instances = 40 }

alerts = {
  emails          = ["worker-oncall@example.com"]
  tokens_per_hour = 2000000000
}

budget = { amount = 50000, billing_account = "000000-000000-000000" }
