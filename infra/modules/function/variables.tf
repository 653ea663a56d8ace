variable "name" {
  description = "Name of the service and of its service account."
  type        = string
}

variable "region" {
  description = "Region of the service."
  type        = string
}

variable "image" {
  description = "Container image."
  type        = string
}

variable "invokers" {
  description = "IAM members that may call the service, and nobody else."
  type        = list(string)

  validation {
    condition     = length(setintersection(var.invokers, ["allUsers", "allAuthenticatedUsers"])) == 0
    error_message = "A function is never open to everybody."
  }
}

variable "ingress" {
  description = "Which networks reach the service."
  type        = string
  default     = "INGRESS_TRAFFIC_ALL"
}

variable "concurrency" {
  description = "Requests that one instance takes at a time."
  type        = number
}

variable "timeout_seconds" {
  description = "Longest request, in seconds."
  type        = number
}

variable "cpu" {
  description = "CPUs of an instance."
  type        = string
  default     = "1"
}

variable "memory" {
  description = "Memory of an instance; /tmp is part of it."
  type        = string
}

variable "max_instances" {
  description = "Upper bound of instances."
  type        = number
}

variable "env" {
  description = "Settings."
  type        = map(string)
}

variable "secret_env" {
  description = "Settings that are secrets: name of the setting to id of the secret."
  type        = map(string)
}

variable "network" {
  description = "Network of the database."
  type        = string
}

variable "subnetwork" {
  description = "Subnetwork that instances call out from."
  type        = string
}

variable "signs_in_itself" {
  description = "Whether requests come without a token for Cloud Run, because the function checks its own."
  type        = bool
  default     = false
}

variable "signs_links" {
  description = "Whether the service signs links to objects."
  type        = bool
  default     = false
}
