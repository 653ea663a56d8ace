# Who a function or a job is, and which secrets it may read.

resource "google_service_account" "this" {
  account_id   = var.name
  display_name = "Sluice: ${var.name}"
}

resource "google_secret_manager_secret_iam_member" "reader" {
  for_each = var.secrets

  secret_id = each.value
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.this.member
}

# Signing for itself, and nothing else that a token creator may do.
resource "google_project_iam_custom_role" "signs" {
  count = var.signs_links ? 1 : 0

  role_id     = replace("${var.name}_signs", "-", "_")
  title       = "Sluice: sign links as ${var.name}"
  permissions = ["iam.serviceAccounts.signBlob"]
}

resource "google_service_account_iam_member" "signs" {
  count = var.signs_links ? 1 : 0

  service_account_id = google_service_account.this.name
  role               = google_project_iam_custom_role.signs[0].id
  member             = google_service_account.this.member
}
