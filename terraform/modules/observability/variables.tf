variable "alerts" {
  description = "Who is told, and from which value on. codes_of_others: error codes that do not count against us."
  type = object({
    codes_of_others = optional(set(string), [
      "INVALID_STEP_INPUTS", "LLM_PROFILE_INVALID", "PROMPT_INVALID", "PROMPT_NOT_FOUND",
    ])
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

  validation {
    condition     = var.alerts.objective > 0 && var.alerts.objective < 1
    error_message = "The objective is a share between 0 and 1, such as 0.99."
  }
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

variable "subscriptions" {
  description = "Names of the subscriptions whose messages must not wait or die."
  type        = list(string)
}
