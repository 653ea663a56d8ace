variable "name" {
  description = "Name of the bucket, unique in the world."
  type        = string
}

variable "role_prefix" {
  description = "Prefix of the custom roles' ids."
  type        = string
}

variable "location" {
  description = "Where the objects lie."
  type        = string
}

variable "web_origins" {
  description = "Origins of the pages that PUT to resumable sessions."
  type        = list(string)
}

variable "permissions" {
  description = "What each user may do with objects, by a name known at plan time."
  type        = map(list(string))

  validation {
    condition     = alltrue([for permission in flatten(values(var.permissions)) : startswith(permission, "storage.objects.") && !strcontains(permission, "IamPolicy")])
    error_message = "Functions work with objects: permissions start with storage.objects. and grant nothing to others."
  }
}

variable "only_under" {
  description = "Prefix that permissions end at, by their name; those that are not named hold in the whole bucket."
  type        = map(string)
  default     = {}
}

variable "users" {
  description = "Service accounts, under the names of their permissions."
  type        = map(string)
}
