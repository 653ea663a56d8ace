variable "name" {
  description = "Name of the job and of its service account."
  type        = string
}

variable "region" {
  description = "Region of the job."
  type        = string
}

variable "image" {
  description = "Container image."
  type        = string
}

variable "command" {
  description = "What it runs."
  type        = list(string)
}

variable "timeout_seconds" {
  description = "Longest run, in seconds."
  type        = number

  validation {
    condition     = var.timeout_seconds >= 60 && var.timeout_seconds <= 86400
    error_message = "A run takes from a minute to a day."
  }
}

variable "max_retries" {
  description = "How often a run that fails is started again."
  type        = number
  default     = 0
}

variable "cpu" {
  description = "CPUs."
  type        = string
  default     = "1"
}

variable "memory" {
  description = "Memory; /tmp is part of it."
  type        = string
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
  description = "Subnetwork that it calls out from."
  type        = string
}
