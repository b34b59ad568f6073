variable "alerts" {
  description = "Who is told, and from which value on; see modules/observability."
  type = object({
    codes_of_others        = optional(set(string), ["INVALID_STEP_INPUTS", "LLM_PROFILE_INVALID", "PROMPT_INVALID", "PROMPT_NOT_FOUND"])
    emails                 = optional(set(string), [])
    enabled                = optional(bool, true)
    failure_rate           = optional(number, 0.2)
    failure_rate_steps     = optional(number, 10)
    objective              = optional(number, 0.99)
    oldest_message_seconds = optional(number, 1800)
    overdue_leases         = optional(number, 10)
    repair_rate            = optional(number, 0.2)
    tokens_per_hour        = optional(number, 5000000)
  })
  default = {}
}

variable "archive" {
  description = "The bucket that keeps dead letters."
  type = object({
    bucket            = string
    delete_after_days = optional(number, 90)
  })
}

variable "artifacts" {
  description = "The bucket of reports, what their names start with, and the other buckets that steps refer to."
  type = object({
    bucket            = string
    delete_after_days = optional(number)
    input_buckets     = optional(set(string), [])
    prefix            = optional(string, "")
  })
}

variable "budget" {
  description = "A month's budget for the project; null for none."
  type = object({
    amount          = number
    billing_account = string
    currency        = optional(string, "USD")
  })
  default = null
}

variable "dispatcher" {
  description = "The dispatcher: size, and more environment variables."
  type = object({
    concurrency     = optional(number, 80)
    cpu             = optional(string, "1")
    env             = optional(map(string), {})
    log_level       = optional(string, "INFO")
    max_instances   = optional(number, 10)
    memory          = optional(string, "512Mi")
    min_instances   = optional(number, 0)
    protected       = optional(bool, true)
    timeout_seconds = optional(number, 300)
  })
  default = {}
}

variable "environment" {
  description = "Names the environment; in every log line."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,31}$", var.environment))
    error_message = "1 to 32 lower-case letters, digits and hyphens, a letter first."
  }
}

variable "event_delivery" {
  description = "What the deploy sets on the subscription that Eventarc made."
  type = object({
    ack_seconds  = optional(number, 60)
    max_attempts = optional(number, 100)
  })
  default = {}
}

variable "executor" {
  description = "The executor: size, and more environment variables."
  type = object({
    concurrency   = optional(number, 1)
    cpu           = optional(string, "1")
    env           = optional(map(string), {})
    log_level     = optional(string, "INFO")
    max_instances = optional(number, 20)
    memory        = optional(string, "1Gi")
    min_instances = optional(number, 0)
    protected     = optional(bool, true)
  })
  default = {}
}

variable "firestore" {
  description = "The database: its location goes with the region; index_steps for those who search within steps."
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
}

variable "gemini" {
  description = "How the model is reached, and which models profiles may name (empty for all)."
  type = object({
    allowed_models = optional(list(string), [])
    auth_mode      = optional(string, "ai_studio_api_key")
    key_id         = optional(string)
    location       = optional(string)
    secret_version = optional(string, "1")
  })
}

variable "images" {
  description = "What runs, each by its digest. The deploy sets it."
  type = object({
    dispatcher = string
    executor   = string
  })
}

variable "labels" {
  description = "On everything that takes labels."
  type        = map(string)
  default     = {}
}

variable "leases" {
  description = "What both services have to agree on about leases."
  type = object({
    claim_max_age_hours = optional(number, 24)
    dispatch_seconds    = optional(number, 900)
    max_claim_attempts  = optional(number, 3)
    seconds             = optional(number, 60)
    sweep_grace_seconds = optional(number, 60)
  })
  default = {}
}

variable "max_delivery_attempts" {
  description = "How often a claim is delivered before it is a dead letter; on the last one the step is finalized."
  type        = number
  default     = 10
}

variable "project_id" {
  description = "The project of this environment."
  type        = string
}

variable "quarantine" {
  description = "The bucket of invalid answers; null for none."
  type = object({
    bucket            = string
    delete_after_days = optional(number, 7)
    readers           = optional(set(string), [])
  })
  default = null
}

variable "region" {
  description = "Where everything is, the database's region included."
  type        = string
}

variable "registry" {
  description = "How long images stay, and which projects may pull them."
  type = object({
    delete_after_days      = optional(number, 90)
    keep                   = optional(number, 20)
    reader_project_numbers = optional(set(string), [])
  })
  default = {}
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

variable "times" {
  description = "The timeout chain: model + finalize <= invocation <= request <= ack <= 600."
  type = object({
    ack_seconds        = optional(number, 600)
    finalize_seconds   = optional(number, 120)
    invocation_seconds = optional(number, 590)
    model_seconds      = optional(number, 450)
    request_seconds    = optional(number, 600)
  })
  default = {}
}
