variable "name" {
  description = "Prefix of the services' names."
  type        = string
}

variable "worker" {
  description = "Name of the worker's service."
  type        = string
}

variable "notification_channels" {
  description = "Ids of the channels that alerts go to."
  type        = list(string)
}

variable "oldest_waiting_seconds" {
  description = "How long a job may wait before somebody is told."
  type        = number
  default     = 900
}

variable "error_share" {
  description = "Share of failing answers above which somebody is told."
  type        = number
  default     = 0.02
}

variable "silence_seconds" {
  description = "How long the worker may say nothing before somebody is told: at least as long as a drain, which speaks at its end."
  type        = number
}
