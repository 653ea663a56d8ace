variable "name" {
  description = "Name of the bucket, unique in the world."
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

variable "users" {
  description = "Service accounts that read, write and delete objects, under a name known at plan time."
  type        = map(string)
}
