output "connection_name" {
  description = "PROJECT:REGION:INSTANCE, as Cloud Run and cloud-sql-proxy want it."
  value       = google_sql_database_instance.this.connection_name
}

output "url_secret_id" {
  description = "Secret that holds DATABASE_URL; known once a version is in it."
  value       = google_secret_manager_secret.url.secret_id
  depends_on  = [google_secret_manager_secret_version.url]
}
