bucket = "my-worker-dev-terraform"
