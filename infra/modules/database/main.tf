# PostgreSQL at a private address, and for each function the URL of its own role as a secret.

resource "google_sql_database_instance" "this" {
  # checkov:skip=CKV_GCP_6:TLS is demanded; who comes is known by a password, and no client has a certificate
  # checkov:skip=CKV_GCP_108:a name for each address costs a look-up per connection; the addresses are private and logged
  # checkov:skip=CKV_GCP_110:pgAudit writes statements, which may hold data; each role does only what its function does
  # checkov:skip=CKV_GCP_111:statements may hold data; Query Insights shows them without their values
  # checkov:skip=CKV2_GCP_13:a line for each of some thousand statements a second; Query Insights has the times
  name                = var.name
  region              = var.region
  database_version    = "POSTGRES_18"
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
    database_flags {
      name  = "log_lock_waits"
      value = "on"
    }

    database_flags {
      name  = "log_connections"
      value = "on"
    }

    database_flags {
      name  = "log_disconnections"
      value = "on"
    }

    database_flags {
      name  = "log_checkpoints"
      value = "on"
    }

    database_flags {
      name  = "log_min_duration_statement"
      value = "-1"
    }

    database_flags {
      name  = "log_min_error_statement"
      value = "error"
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
