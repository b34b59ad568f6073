variable "dispatcher" {
  description = "The service that is called, and how long it may take."
  type = object({
    name            = string
    timeout_seconds = number
    uri             = string
  })
}

variable "schedules" {
  description = "When the sweep and the reconcile run (cron, UTC)."
  type = object({
    paused    = optional(bool, false)
    reconcile = optional(string, "17 * * * *")
    sweep     = optional(string, "* * * * *")
  })
  default = {}
}
