terraform {
  required_version = ">= 1.9"

  # The bucket comes from bootstrap: terraform init -backend-config="bucket=…"
  backend "gcs" {
    prefix = "worker"
  }

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 7.45"
    }
  }
}
