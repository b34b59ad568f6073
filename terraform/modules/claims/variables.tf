variable "archive_bucket" {
  description = "Takes dead letters."
  type        = string
}

variable "delivery" {
  description = "How a claim is delivered: the deadline of one delivery, the pause before the next, and how many."
  type = object({
    ack_seconds             = number
    max_attempts            = number
    maximum_backoff_seconds = optional(number, 600)
    minimum_backoff_seconds = optional(number, 10)
  })

  validation {
    condition     = var.delivery.ack_seconds >= 10 && var.delivery.max_attempts >= 5 && var.delivery.max_attempts <= 100
    error_message = "Pub/Sub takes ack deadlines from 10 seconds on and 5 to 100 deliveries."
  }

  validation {
    condition     = var.delivery.minimum_backoff_seconds <= var.delivery.maximum_backoff_seconds && var.delivery.maximum_backoff_seconds <= 600
    error_message = "The pauses are 0 to 600 seconds, the smaller first."
  }
}

variable "executor" {
  description = "The service that is pushed to."
  type = object({
    audience = string
    name     = string
    uri      = string
  })
}

variable "topic" {
  description = "Name of the topic that takes claims."
  type        = string
}
