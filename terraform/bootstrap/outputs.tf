output "deployer" {
  description = "E-mail address of the account that the pipeline deploys with."
  value       = module.delivery.deployer
}

output "provider" {
  description = "What the workflow names to get in."
  value       = module.delivery.provider
}

output "state_bucket" {
  description = "The bucket of Terraform's state."
  value       = module.delivery.state_bucket
}
