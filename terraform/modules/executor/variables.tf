variable "artifacts" {
  description = "The bucket of reports, what their names start with, and the other buckets that steps refer to."
  type = object({
    bucket        = string
    input_buckets = optional(set(string), [])
    prefix        = optional(string, "")
  })
}

variable "collections" {
  description = "Names of the collections."
  type = object({
    flow_runs   = string
    llm_prompts = string
    llm_schemas = string
    step_leases = string
  })
}

variable "database" {
  description = "The database's id."
  type        = string
}

variable "gemini" {
  description = "How the model is reached, and which models profiles may name (empty for all)."
  type = object({
    allowed_models = optional(list(string), [])
    auth_mode      = optional(string, "ai_studio_api_key")
    key_id         = optional(string)
    location       = optional(string)
    secret_id      = optional(string)
    secret_version = optional(string, "1")
  })

  validation {
    condition     = contains(["ai_studio_api_key", "vertex_adc"], var.gemini.auth_mode)
    error_message = "auth_mode is ai_studio_api_key or vertex_adc."
  }

  validation {
    condition     = var.gemini.auth_mode == "vertex_adc" ? var.gemini.location != null : var.gemini.key_id != null
    error_message = "vertex_adc needs a location, ai_studio_api_key the key_id of a key in the secret."
  }

  validation {
    condition     = var.gemini.secret_version != "latest"
    error_message = "Name the secret's version: with \"latest\" a bad one reaches instances one by one, and no rollback undoes it."
  }
}

variable "leases" {
  description = "What both services have to agree on about leases, as environment variables."
  type        = map(string)
}

variable "max_delivery_attempts" {
  description = "The subscription's: on the last one the step is finalized whatever happens."
  type        = number
}

variable "push_account" {
  description = "E-mail address of the account that Pub/Sub pushes with."
  type        = string
}

variable "quarantine_bucket" {
  description = "Takes invalid answers; null for none."
  type        = string
  default     = null
}

variable "settings" {
  description = "The service: image by digest, size, and more environment variables in env."
  type = object({
    concurrency   = optional(number, 1)
    cpu           = optional(string, "1")
    env           = optional(map(string), {})
    image         = string
    log_level     = optional(string, "INFO")
    max_instances = optional(number, 20)
    memory        = optional(string, "1Gi")
    min_instances = optional(number, 0)
    protected     = optional(bool, true)
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
    condition     = length(setintersection(keys(var.settings.env), ["GEMINI_API_KEY", "GEMINI_API_KEYS_JSON", "PORT"])) == 0
    error_message = "Keys belong in the secret: what is in env is readable for whoever may look at the service. PORT belongs to Cloud Run."
  }
}

variable "times" {
  description = "The timeout chain: model + finalize <= invocation <= request <= ack <= 600."
  type = object({
    ack_seconds        = number
    finalize_seconds   = number
    invocation_seconds = number
    model_seconds      = number
    request_seconds    = number
  })
}
