# PostgreSQL, reached only through Cloud SQL's own connectors, and its address as a secret.

resource "google_sql_database_instance" "this" {
  name                = var.name
  region              = var.region
  database_version    = "POSTGRES_17"
  deletion_protection = true

  settings {
    tier                        = var.tier
    edition                     = "ENTERPRISE"
    deletion_protection_enabled = true
    connector_enforcement       = "REQUIRED"

    ip_configuration {
      ipv4_enabled = true # no authorized networks: only connectors with IAM get through
      ssl_mode     = "ENCRYPTED_ONLY"
    }

    backup_configuration {
      enabled                        = true
      point_in_time_recovery_enabled = true
    }
  }
}

resource "google_sql_database" "this" {
  name     = "sluice"
  instance = google_sql_database_instance.this.name
}

resource "random_password" "this" {
  length  = 32
  special = false # stands in a URL
}

resource "google_sql_user" "this" {
  name     = "sluice"
  instance = google_sql_database_instance.this.name
  password = random_password.this.result
}

resource "google_secret_manager_secret" "url" {
  secret_id = "${var.name}-database-url"

  replication {
    auto {}
  }
}

resource "google_secret_manager_secret_version" "url" {
  secret = google_secret_manager_secret.url.id
  # A URL needs some host; libpq goes by the one in the query, Cloud Run's socket.
  secret_data = join("", [
    "postgresql://${google_sql_user.this.name}:${random_password.this.result}@localhost",
    "/${google_sql_database.this.name}",
    "?host=/cloudsql/${google_sql_database_instance.this.connection_name}",
  ])
}
