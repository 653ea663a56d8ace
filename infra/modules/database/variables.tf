variable "name" {
  description = "Name of the instance, and prefix of the secrets."
  type        = string
}

variable "region" {
  description = "Region of the instance."
  type        = string
}

variable "tier" {
  description = "Machine type."
  type        = string
}

variable "highly_available" {
  description = "Whether a second zone stands by."
  type        = bool
}

variable "max_connections" {
  description = "Connections that the server takes."
  type        = number
}

variable "network" {
  description = "The network in which the instance has its address, and no other."
  type        = string
}
