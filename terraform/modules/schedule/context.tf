variable "context" {
  description = "Where everything goes: project, region, environment, labels."
  type = object({
    environment    = string
    labels         = optional(map(string), {})
    project_id     = string
    project_number = string
    region         = string
  })
}
