variable "name" {
  description = "Name of the network."
  type        = string
}

variable "region" {
  description = "Region of the subnetwork."
  type        = string
}

variable "functions_range" {
  description = "Addresses of the functions' instances: each takes one, and for a while after its end."
  type        = string
}
