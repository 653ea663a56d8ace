# PostgreSQL at a private address, and for each function the URL of its own role as a secret.

resource "google_sql_database_instance" "this" {
  name                = var.name
  region              = var.region
  database_version    = "POSTGRES_17"
  deletion_protection = true

  settings {
    tier                        = var.tier
    edition                     = "ENTERPRISE"
    availability_type           = var.highly_available ? "REGIONAL" : "ZONAL"
    deletion_protection_enabled = true
    disk_autoresize             = true

    ip_configuration {
      ipv4_enabled    = false
      private_network = var.network
      ssl_mode        = "ENCRYPTED_ONLY"
    }

    backup_configuration {
      enabled                        = true
      point_in_time_recovery_enabled = true
      transaction_log_retention_days = 7

      backup_retention_settings {
        retained_backups = 14
      }
    }

    database_flags {
      name  = "max_connections"
      value = tostring(var.max_connections)
    }

    # What locks and waits, and who came and went, never what a statement said: it may hold data.
    dynamic "database_flags" {
      for_each = toset(["log_lock_waits", "log_connections", "log_disconnections", "log_checkpoints"])
      content {
        name  = database_flags.value
        value = "on"
      }
    }

    database_flags {
      name  = "log_min_duration_statement"
      value = "-1"
    }

    insights_config {
      query_insights_enabled = true
    }

    maintenance_window {
      day          = 7
      hour         = 3
      update_track = "stable"
    }
  }
}

resource "google_sql_database" "this" {
  name     = "sluice"
  instance = google_sql_database_instance.this.name
}

resource "random_password" "this" {
  for_each = toset(["owner", "upload", "status", "worker"])

  length  = 32
  special = false # stands in a URL
}

# Owns the tables, and is who migrates them. The functions' roles are made by the migrations: users
# that Cloud SQL makes may do too much.
resource "google_sql_user" "owner" {
  name     = "sluice_owner"
  instance = google_sql_database_instance.this.name
  password = random_password.this["owner"].result
}

locals {
  roles = { owner = google_sql_user.owner.name, upload = "sluice_upload", status = "sluice_status", worker = "sluice_worker" }
  secrets = merge(
    { for who in keys(local.roles) : "${who}-database-url" => join("", [
      "postgresql://${local.roles[who]}:${random_password.this[who].result}",
      "@${google_sql_database_instance.this.private_ip_address}:5432",
      "/${google_sql_database.this.name}?sslmode=require",
    ]) },
    { for who in ["upload", "status", "worker"] : "${who}-database-password" => random_password.this[who].result },
  )
}

resource "google_secret_manager_secret" "this" {
  for_each = toset([
    "owner-database-url", "upload-database-url", "status-database-url", "worker-database-url",
    "upload-database-password", "status-database-password", "worker-database-password",
  ])

  secret_id = "${var.name}-${each.key}"

  replication {
    auto {}
  }
}

resource "google_secret_manager_secret_version" "this" {
  for_each = google_secret_manager_secret.this

  secret      = each.value.id
  secret_data = local.secrets[each.key]
}
