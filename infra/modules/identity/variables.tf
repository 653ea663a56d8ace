variable "name" {
  description = "Id of the service account."
  type        = string
}

variable "secrets" {
  description = "Ids of the secrets that it may read, by names known at plan time."
  type        = map(string)
}

variable "signs_links" {
  description = "Whether it may sign links to objects in its own name."
  type        = bool
  default     = false
}
