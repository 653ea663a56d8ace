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
    retry_count          = 1 # then the next minute is the retry
    min_backoff_duration = "5s"
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

# The long lane is looked after every ten minutes. A run that finds nothing ends at once, and
# nothing is done twice where two overlap.
resource "google_cloud_scheduler_job" "long" {
  name             = "${var.name}-long"
  region           = var.region
  description      = "Starts the long lane."
  schedule         = "*/10 * * * *"
  attempt_deadline = "60s"

  http_target {
    http_method = "POST"
    uri         = "https://run.googleapis.com/v2/projects/${var.project}/locations/${var.region}/jobs/${var.long_lane}:run"

    oauth_token {
      service_account_email = google_service_account.this.email
    }
  }
}

# To run this one job and no other. The tick's account may do nothing else in the project.
resource "google_project_iam_custom_role" "run_job" {
  role_id     = replace("${var.name}_runs_job", "-", "_")
  title       = "Sluice: run a job"
  permissions = ["run.jobs.run"]
}

resource "google_project_iam_member" "long" {
  project = var.project
  role    = google_project_iam_custom_role.run_job.id
  member  = google_service_account.this.member

  condition {
    title      = "the long lane alone"
    expression = "resource.name.endsWith(\"/jobs/${var.long_lane}\")"
  }
}
