terraform {
  required_version = ">= 1.9"

  # The state holds the database's passwords. `terraform init` names the private bucket for it:
  # -backend-config="bucket=…" -backend-config="prefix=sluice".
  backend "gcs" {}

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 6.50, < 8.0"
    }
    random = {
      source  = "hashicorp/random"
      version = ">= 3.6"
    }
  }
}

provider "google" {
  project = var.project
  region  = var.region
}
