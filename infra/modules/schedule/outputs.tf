output "service_account_email" {
  description = "Identity of the tick."
  value       = google_service_account.this.email
}
