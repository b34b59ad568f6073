variable "collections" {
  description = "Names of the collections of runs and leases."
  type = object({
    flow_runs   = string
    step_leases = string
  })
}

variable "database" {
  description = "The database's id."
  type        = string
}

variable "leases" {
  description = "What both services have to agree on about leases, as environment variables."
  type        = map(string)
}

variable "settings" {
  description = "The service: image by digest, size, and more environment variables in env."
  type = object({
    concurrency     = optional(number, 80)
    cpu             = optional(string, "1")
    env             = optional(map(string), {})
    image           = string
    log_level       = optional(string, "INFO")
    max_instances   = optional(number, 10)
    memory          = optional(string, "512Mi")
    min_instances   = optional(number, 0)
    protected       = optional(bool, true)
    timeout_seconds = optional(number, 300)
  })

  validation {
    condition     = var.settings.min_instances <= var.settings.max_instances
    error_message = "min_instances is over max_instances."
  }

  validation {
    condition     = var.settings.concurrency >= 1 && var.settings.concurrency <= 1000
    error_message = "Cloud Run takes 1 to 1000 requests at once."
  }

  validation {
    condition     = !contains(keys(var.settings.env), "PORT")
    error_message = "PORT belongs to Cloud Run."
  }
}

variable "topic" {
  description = "Name of the topic that takes claims."
  type        = string
}
