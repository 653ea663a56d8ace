# Three functions, a database, a bucket, and a clock that makes the worker drain.
# Who may call whom is written here and nowhere else.

locals {
  # One number, var.worker_timeout_seconds, drives three: the worker's request time-out, the
  # scheduler's wait for it, and the drain's budget, which ends early enough to hand jobs back.
  worker_margin_seconds = 30
  worker_budget_seconds = var.worker_timeout_seconds - local.worker_margin_seconds

  # Named here and not read from its module: the worker has to know it before it can exist.
  tick = "${var.name}-tick"

  # The settings of every function; one without a sign-in refuses to start on Cloud Run.
  env = { for name, value in {
    STORAGE_BUCKET  = module.bucket.name
    AUTH_MODE       = var.auth.mode
    AUTH_AUDIENCE   = var.auth.audience
    AUTH_ISSUER     = var.auth.issuer
    AUTH_JWKS_URL   = var.auth.jwks_url
    AUTH_USER_CLAIM = var.auth.user_claim

    # Whoever has work for the worker makes the tick run now, as long as an instance is free.
    NUDGE               = "scheduler"
    NUDGE_SCHEDULER_JOB = "projects/${var.project}/locations/${var.region}/jobs/${local.tick}"
    WORKER_MAX_DRAINS   = tostring(var.max_instances.worker)
  } : name => value if value != null }
}

resource "google_project_service" "needed" {
  for_each = toset([
    "cloudscheduler.googleapis.com",
    "iam.googleapis.com",
    "run.googleapis.com",
    "secretmanager.googleapis.com",
    "sqladmin.googleapis.com",
    "storage.googleapis.com",
  ])

  service            = each.value
  disable_on_destroy = false
}

module "database" {
  source     = "./modules/database"
  depends_on = [google_project_service.needed]

  name   = var.name
  region = var.region
  tier   = var.database_tier
}

module "bucket" {
  source     = "./modules/bucket"
  depends_on = [google_project_service.needed]

  name        = "${var.project}-${var.name}"
  location    = var.region
  web_origins = var.web_origins
  users = {
    upload = module.upload.service_account_email
    status = module.status.service_account_email
    worker = module.worker.service_account_email
  }
}

module "upload" {
  source     = "./modules/function"
  depends_on = [google_project_service.needed]

  name            = "${var.name}-upload"
  project         = var.project
  region          = var.region
  image           = var.images.upload
  invokers        = var.invokers
  concurrency     = 16
  timeout_seconds = 300
  memory          = "512Mi"
  max_instances   = var.max_instances.upload
  env             = local.env
  secret_env      = { DATABASE_URL = module.database.url_secret_id }
  cloud_sql       = module.database.connection_name
}

module "status" {
  source     = "./modules/function"
  depends_on = [google_project_service.needed]

  name            = "${var.name}-status"
  project         = var.project
  region          = var.region
  image           = var.images.status
  invokers        = var.invokers
  concurrency     = 40
  timeout_seconds = 300
  memory          = "1Gi"
  max_instances   = var.max_instances.status
  env             = local.env
  secret_env      = { DATABASE_URL = module.database.url_secret_id }
  cloud_sql       = module.database.connection_name
}

module "worker" {
  source     = "./modules/function"
  depends_on = [google_project_service.needed]

  name            = "${var.name}-worker"
  project         = var.project
  region          = var.region
  image           = var.images.worker
  invokers        = ["serviceAccount:${module.schedule.service_account_email}"]
  ingress         = "INGRESS_TRAFFIC_INTERNAL_ONLY"
  concurrency     = 1
  timeout_seconds = var.worker_timeout_seconds
  cpu             = "2"
  memory          = "4Gi"
  max_instances   = var.max_instances.worker
  env             = merge(local.env, { WORKER_BUDGET_SECONDS = tostring(local.worker_budget_seconds) })
  secret_env      = { DATABASE_URL = module.database.url_secret_id }
  cloud_sql       = module.database.connection_name
}

module "schedule" {
  source     = "./modules/schedule"
  depends_on = [google_project_service.needed]

  name                     = local.tick
  project                  = var.project
  region                   = var.region
  target                   = module.worker.uri
  attempt_deadline_seconds = var.worker_timeout_seconds
  runners = {
    upload = module.upload.service_account_email
    status = module.status.service_account_email
    worker = module.worker.service_account_email
  }
}
