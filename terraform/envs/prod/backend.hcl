bucket = "my-worker-prod-terraform"
