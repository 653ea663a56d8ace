output "name" {
  description = "Name of the job."
  value       = google_cloud_run_v2_job.this.name
}

output "service_account_email" {
  description = "Identity of the job."
  value       = module.identity.email
}
