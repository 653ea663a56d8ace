output "secrets" {
  description = "Ids of the secrets, by name: {owner,upload,status,worker}-database-url, {upload,status,worker}-database-password; known once a version is in each."
  value       = { for name, secret in google_secret_manager_secret.this : name => secret.secret_id }
  depends_on  = [google_secret_manager_secret_version.this]
}

output "instance" {
  description = "Name of the Cloud SQL instance."
  value       = google_sql_database_instance.this.name
}
