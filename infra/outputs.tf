output "upload_url" {
  description = "Where work is started."
  value       = module.upload.uri
}

output "status_url" {
  description = "Where work is followed."
  value       = module.status.uri
}

output "worker_url" {
  description = "Where the scheduler makes the worker drain; nobody else may call it."
  value       = module.worker.uri
}

output "bucket" {
  description = "Name of the bucket with originals and clean data."
  value       = module.bucket.name
}

output "database_instance" {
  description = "Name of the Cloud SQL instance."
  value       = module.database.instance
}

output "migrate_job" {
  description = "Cloud Run Job that brings the database up to date: execute it before a new version."
  value       = module.migrate.name
}

output "images" {
  description = "Repository for the functions' images."
  value       = "${var.region}-docker.pkg.dev/${var.project}/${google_artifact_registry_repository.images.repository_id}"
}

output "address" {
  description = "What the domain's A record has to hold; null without a domain."
  value       = one(module.front[*].address)
}

output "page_bucket" {
  description = "Where the built page goes; null without a domain."
  value       = one(module.front[*].page_bucket)
}
