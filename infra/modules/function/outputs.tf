output "uri" {
  description = "Address of the service."
  value       = google_cloud_run_v2_service.this.uri
}

output "service_account_email" {
  description = "Identity of the service."
  value       = module.identity.email
}

output "name" {
  description = "Name of the service."
  value       = google_cloud_run_v2_service.this.name
}
