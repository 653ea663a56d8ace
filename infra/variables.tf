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
    # Names the team whose members share their records; the user themselves unless given.
    owner_claim = optional(string)
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

variable "database" {
  description = "The Cloud SQL instance: machine type, whether a second zone stands by, connections it takes and how many of them stay free for people and maintenance."
  type = object({
    tier                 = optional(string, "db-custom-1-3840")
    highly_available     = optional(bool, false)
    max_connections      = optional(number, 200)
    reserved_connections = optional(number, 20)
  })
  default = {}

  validation {
    condition     = startswith(var.database.tier, "db-")
    error_message = "A Cloud SQL tier starts with db-, e.g. db-custom-1-3840."
  }

  # 8 is the size of an instance's pool (shared/db.py). The long lane is one instance more, and while
  # a new revision takes over there may be twice as many of the others.
  validation {
    condition     = 8 * (2 * sum(values(var.max_instances)) + 1) <= var.database.max_connections - var.database.reserved_connections
    error_message = "All instances together could open more connections than the database has to spare: lower max_instances, or raise database.max_connections with its tier."
  }
}

variable "quotas" {
  description = "What one owner may take before upload answers 429; 0 is no limit. stored_bytes counts files as they were sent."
  type = object({
    waiting_jobs       = optional(number, 1000)
    stored_bytes       = optional(number, 107374182400)
    uploads_per_minute = optional(number, 300)
  })
  default = {}

  validation {
    condition     = alltrue([for most in values(var.quotas) : most >= 0 && floor(most) == most])
    error_message = "A quota is a whole number, 0 for none."
  }
}

variable "language" {
  description = "Models that screen and extract, behind an endpoint of OpenAI's protocol (base_url ends with its /v1); without them the built-in baselines work. api_key_secret is the id of a secret of this project; prices are of a million tokens. What is left out is the worker's default."
  type = object({
    base_url         = string
    model_a          = string
    model_b          = optional(string)
    api_key_secret   = optional(string)
    timeout_seconds  = optional(number)
    in_flight        = optional(number)
    patience_seconds = optional(number)
    max_tokens       = optional(number)
    price_in         = optional(number)
    price_out        = optional(number)
  })
  default = null

  validation {
    condition     = var.language == null || can(regex("^https://[^/]+", var.language.base_url))
    error_message = "language.base_url is an https address: texts and the key go there."
  }

  validation {
    condition     = try(length(var.language.model_a) > 0, true)
    error_message = "language.model_a names a model."
  }

  # A path would make Terraform grant a secret of somebody else's.
  validation {
    condition     = try(var.language.api_key_secret, null) == null || can(regex("^[A-Za-z0-9_-]{1,255}$", var.language.api_key_secret))
    error_message = "language.api_key_secret is the id of a secret of this project, not its path and not the key."
  }
}

variable "operators" {
  description = "Users, as their sign-in names them, who see everybody's jobs and control the queues."
  type        = list(string)
  default     = []
}

variable "domain" {
  description = "Host name that people type. With it the functions are reached through the load balancer alone; without it at their own addresses, by the invokers."
  type        = string
  default     = null

  validation {
    condition     = var.domain == null || can(regex("^[a-z0-9-]+([.][a-z0-9-]+)+$", var.domain))
    error_message = "A domain is a host name (data.example.org), without scheme or path."
  }
}

variable "requests_per_minute" {
  description = "How many requests one address may send in a minute before Cloud Armor refuses it; a polling page sends 30."
  type        = number
  default     = 1200

  validation {
    condition     = var.requests_per_minute >= 60
    error_message = "A page that polls every two seconds sends 30 requests a minute: allow 60 at the least."
  }
}

variable "functions_range" {
  description = "Private addresses of the functions' instances."
  type        = string
  default     = "10.8.0.0/24"

  validation {
    condition     = can(cidrhost(var.functions_range, 0)) && tonumber(split("/", var.functions_range)[1]) <= 26
    error_message = "Give a CIDR range of /26 or larger, e.g. 10.8.0.0/24."
  }
}

variable "notification_channels" {
  description = "Ids of the Cloud Monitoring channels that alerts go to."
  type        = list(string)
  default     = []
}
