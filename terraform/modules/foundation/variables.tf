variable "registry" {
  description = "How long images stay, and which projects may pull them."
  type = object({
    delete_after_days      = optional(number, 90)
    keep                   = optional(number, 20)
    reader_project_numbers = optional(set(string), [])
  })
  default = {}

  validation {
    condition     = var.registry.keep >= 2 && var.registry.delete_after_days >= 7
    error_message = "A rollback needs images: keep at least 2, and each for at least 7 days."
  }
}

variable "vertex" {
  description = "Whether the model is called on Vertex AI and not by an API key."
  type        = bool
  default     = false
}
