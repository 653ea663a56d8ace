variable "name" {
  description = "Name of the scheduler job and of its service account."
  type        = string
}

variable "project" {
  description = "Project id."
  type        = string
}

variable "region" {
  description = "Region of the scheduler job."
  type        = string
}

variable "target" {
  description = "Address of the worker, without a slash at the end."
  type        = string
}

variable "attempt_deadline_seconds" {
  description = "How long Cloud Scheduler waits for an answer: at least the worker's time-out."
  type        = number

  validation {
    condition     = var.attempt_deadline_seconds >= 15 && var.attempt_deadline_seconds <= 1800
    error_message = "Cloud Scheduler waits 15 to 1800 seconds."
  }
}

variable "runners" {
  description = "Emails of the service accounts that may run the job at any time, by a name of one's own."
  type        = map(string)
}

variable "long_lane" {
  description = "Name of the Cloud Run Job that works on the long lane."
  type        = string
}
