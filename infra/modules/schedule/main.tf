# The tick: every minute the worker is told to drain. Runs never overlap; a long one delays the next,
# but for those that somebody asks for: they start at once.

resource "google_service_account" "this" {
  account_id   = var.name
  display_name = "Sluice: ${var.name}"
}

resource "google_cloud_scheduler_job" "this" {
  name             = var.name
  region           = var.region
  description      = "Makes the worker drain its queues."
  schedule         = "* * * * *"
  attempt_deadline = "${var.attempt_deadline_seconds}s"

  retry_config {
    retry_count = 0 # the next minute is the retry
  }

  http_target {
    http_method = "POST"
    uri         = "${var.target}/"

    oidc_token {
      service_account_email = google_service_account.this.email
      audience              = var.target
    }
  }
}

# Cloud Scheduler has no permissions per job. This role reads and runs jobs and changes none.
resource "google_project_iam_member" "runner" {
  for_each = var.runners

  project = var.project
  role    = "roles/cloudscheduler.jobRunner"
  member  = "serviceAccount:${each.value}"
}
