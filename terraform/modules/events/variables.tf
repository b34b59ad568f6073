variable "archive_bucket" {
  description = "Takes dead letters."
  type        = string
}

variable "database" {
  description = "The database's id."
  type        = string
}

variable "delivery" {
  description = "What the deploy sets on the subscription that Eventarc made."
  type = object({
    ack_seconds  = optional(number, 60)
    max_attempts = optional(number, 100)
  })
  default = {}

  validation {
    condition     = var.delivery.max_attempts >= 5 && var.delivery.max_attempts <= 100
    error_message = "Pub/Sub takes 5 to 100 deliveries."
  }
}

variable "dispatcher" {
  description = "The service that takes events."
  type = object({
    name = string
  })
}

variable "flow_runs_collection" {
  description = "Name of the collection whose documents raise events."
  type        = string
}
