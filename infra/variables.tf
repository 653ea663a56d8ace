variable "project" {
  description = "Id of the Google Cloud project that Sluice lives in."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "A project id has 6 to 30 lower-case letters, digits and hyphens, and starts with a letter."
  }
}

variable "region" {
  description = "Region of everything, e.g. europe-west1."
  type        = string

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "Name a region (europe-west1), not a zone (europe-west1-b)."
  }
}

variable "name" {
  description = "Prefix of every name, so that several installations fit in one project."
  type        = string
  default     = "sluice"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,14}[a-z0-9]$", var.name))
    error_message = "Use 2 to 16 lower-case letters, digits and hyphens; service account ids have little room."
  }
}

variable "images" {
  description = "Container image of each function, best pinned by digest (…@sha256:…)."
  type = object({
    upload = string
    status = string
    worker = string
  })
}

variable "invokers" {
  description = "Who may call upload and status: IAM members such as group:team@example.org."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for member in var.invokers : can(regex("^(user|group|domain|serviceAccount|principal|principalSet):", member))])
    error_message = "Each invoker is user:, group:, domain:, serviceAccount:, principal: or principalSet: plus a name; allUsers and allAuthenticatedUsers are refused."
  }
}

variable "web_origins" {
  description = "Origins of the pages that may PUT large files straight to the bucket."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for origin in var.web_origins : can(regex("^https?://[^/*]+$", origin))])
    error_message = "An origin is a scheme and a host (https://data.example.org), without a path or a wildcard."
  }
}

variable "auth" {
  description = "How upload and status learn who calls. oidc needs issuer and jwks_url; user_claim is the claim that names the user."
  type = object({
    mode       = string
    audience   = string
    issuer     = optional(string)
    jwks_url   = optional(string)
    user_claim = optional(string)
  })

  validation {
    condition     = contains(["iap", "oidc"], var.auth.mode)
    error_message = "auth.mode is iap or oidc; none is for one's own machine and refuses to start on Cloud Run."
  }

  validation {
    condition     = var.auth.mode != "oidc" || (var.auth.issuer != null && var.auth.jwks_url != null)
    error_message = "auth.mode oidc needs auth.issuer and auth.jwks_url."
  }
}

variable "worker_timeout_seconds" {
  description = "How long one call of the worker may take. The drain's budget and the scheduler's attempt deadline follow from it."
  type        = number
  default     = 900

  validation {
    condition     = var.worker_timeout_seconds >= 120 && var.worker_timeout_seconds <= 1800 && floor(var.worker_timeout_seconds) == var.worker_timeout_seconds
    error_message = "Choose 120 to 1800 whole seconds: Cloud Scheduler waits 30 minutes at the most."
  }
}

variable "max_instances" {
  description = "Upper bound of instances for each function."
  type = object({
    upload = optional(number, 4)
    status = optional(number, 4)
    worker = optional(number, 2)
  })
  default = {}

  validation {
    condition     = alltrue([for count in values(var.max_instances) : count >= 1 && count <= 100])
    error_message = "Each function needs 1 to 100 instances."
  }
}

variable "database_tier" {
  description = "Machine type of the Cloud SQL instance."
  type        = string
  default     = "db-custom-1-3840"

  validation {
    condition     = startswith(var.database_tier, "db-")
    error_message = "A Cloud SQL tier starts with db-, e.g. db-custom-1-3840."
  }
}
