variable "name" {
  description = "Prefix of the names."
  type        = string
}

variable "region" {
  description = "Region of the functions."
  type        = string
}

variable "domain" {
  description = "Host name that people type; its DNS record points to the output address."
  type        = string
}

variable "page_bucket" {
  description = "Name of the bucket with the page, unique in the world."
  type        = string
}

variable "services" {
  description = "Names of the Cloud Run services upload and status."
  type        = map(string)
}

variable "requests_per_minute" {
  description = "How many requests one address may send in a minute."
  type        = number
}

variable "iap" {
  description = "Whether Identity-Aware Proxy signs people in."
  type        = bool
}

variable "people" {
  description = "IAM members whom IAP lets through."
  type        = list(string)
}
