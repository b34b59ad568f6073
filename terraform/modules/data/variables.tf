variable "archive" {
  description = "The bucket that keeps dead letters, and for how long."
  type = object({
    bucket            = string
    delete_after_days = optional(number, 90)
  })
}

variable "artifacts" {
  description = "The bucket of reports. Without delete_after_days they stay."
  type = object({
    bucket            = string
    delete_after_days = optional(number)
  })
}

variable "firestore" {
  description = "The database of runs and leases, and the names of its collections."
  type = object({
    collections = optional(object({
      flow_runs   = optional(string, "flow_runs")
      llm_prompts = optional(string, "llm_prompts")
      llm_schemas = optional(string, "llm_schemas")
      step_leases = optional(string, "step_leases")
    }), {})
    database               = optional(string, "(default)")
    index_steps            = optional(bool, false)
    location               = string
    point_in_time_recovery = optional(bool, true)
    protected              = optional(bool, true)
  })

  validation {
    condition     = length(distinct(values(var.firestore.collections))) == 4
    error_message = "The collections have to differ: leases among runs would raise an event with every heartbeat."
  }
}

variable "quarantine" {
  description = "The bucket of invalid answers; null for none."
  type = object({
    bucket            = string
    delete_after_days = optional(number, 7)
    readers           = optional(set(string), [])
  })
  default = null

  validation {
    condition = var.quarantine == null || (
      try(var.quarantine.bucket, "") != var.artifacts.bucket && try(var.quarantine.bucket, "") != var.archive.bucket
    )
    error_message = "Who may read reports may not read what the model said unchecked: quarantine needs a bucket of its own."
  }

  validation {
    condition     = alltrue([for reader in try(var.quarantine.readers, []) : !startswith(reader, "all")])
    error_message = "Readers are users, groups or service accounts."
  }
}
