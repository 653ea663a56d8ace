output "email" {
  description = "The service account, once it may read its secrets: an instance that starts reads them."
  value       = google_service_account.this.email
  depends_on  = [google_secret_manager_secret_iam_member.reader]
}
