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

output "database_connection_name" {
  description = "Argument of cloud-sql-proxy, e.g. for `sluice migrate`."
  value       = module.database.connection_name
}

output "database_url_secret" {
  description = "Secret that holds DATABASE_URL."
  value       = module.database.url_secret_id
}
