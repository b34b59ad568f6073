variable "github" {
  description = "Whose workflows may deploy: owner/name, and the GitHub environment they have to run in."
  type = object({
    environment = string
    repository  = string
  })

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.github.repository))
    error_message = "The repository is named owner/name."
  }
}

variable "project_id" {
  description = "The project that is deployed to."
  type        = string
}

variable "region" {
  description = "Where the state is kept."
  type        = string
}

variable "state_bucket" {
  description = "The bucket of Terraform's state."
  type        = string
}
