# Three functions, a database, a bucket, a clock that makes the worker drain, and an address for
# people. Who may call whom is written here and nowhere else.

locals {
  # One number, var.worker_timeout_seconds, drives four: the worker's request time-out, what it
  # knows of it, the scheduler's wait for it, and the drain's budget, which ends early enough to
  # hand jobs back.
  worker_margin_seconds = 30
  worker_budget_seconds = var.worker_timeout_seconds - local.worker_margin_seconds

  # The long lane has a day less an hour; the worker stops claiming well before it is stopped.
  long_timeout_seconds = 82800
  long_margin_seconds  = 600
  long_work_seconds    = local.long_timeout_seconds - local.long_margin_seconds

  # What a job's process may map: most of the instance, less what the worker itself takes.
  worker_memory_mib     = 4096
  worker_own_memory_mib = 1024
  worker_job_memory_mib = local.worker_memory_mib - local.worker_own_memory_mib

  # Named here and not read from its module: the worker has to know it before it can exist.
  tick = "${var.name}-tick"

  behind_front = var.domain != null
  ingress      = local.behind_front ? "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" : "INGRESS_TRAFFIC_ALL"
  iap_agent    = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-iap.iam.gserviceaccount.com"
  people       = var.auth.mode == "iap" && local.behind_front ? [local.iap_agent] : var.invokers

  # The settings of every function; one without a sign-in refuses to start on Cloud Run.
  env = { for name, value in {
    STORAGE_BUCKET   = module.bucket.name
    AUTH_MODE        = var.auth.mode
    AUTH_AUDIENCE    = var.auth.audience
    AUTH_ISSUER      = var.auth.issuer
    AUTH_JWKS_URL    = var.auth.jwks_url
    AUTH_USER_CLAIM  = var.auth.user_claim
    AUTH_OWNER_CLAIM = var.auth.owner_claim

    # Logs carry their trace under this project's name.
    GOOGLE_CLOUD_PROJECT = var.project

    # Whoever has work for the worker makes the tick run now, as long as an instance is free.
    NUDGE               = "scheduler"
    NUDGE_SCHEDULER_JOB = "projects/${var.project}/locations/${var.region}/jobs/${local.tick}"
    WORKER_MAX_DRAINS   = tostring(var.max_instances.worker)
  } : name => value if value != null }

  worker_env = merge(local.env, {
    WORKER_BUDGET_SECONDS     = tostring(local.worker_budget_seconds)
    CLOUD_RUN_TIMEOUT_SECONDS = tostring(var.worker_timeout_seconds)
    WORKER_LONG_SECONDS       = tostring(local.long_work_seconds)
    WORKER_JOB_MEMORY_MIB     = tostring(local.worker_job_memory_mib)
  })
}

data "google_project" "this" {
  project_id = var.project
}

resource "google_project_service" "needed" {
  for_each = toset([
    "artifactregistry.googleapis.com",
    "cloudscheduler.googleapis.com",
    "compute.googleapis.com",
    "iam.googleapis.com",
    "iap.googleapis.com",
    "logging.googleapis.com",
    "monitoring.googleapis.com",
    "run.googleapis.com",
    "secretmanager.googleapis.com",
    "servicenetworking.googleapis.com",
    "sqladmin.googleapis.com",
    "storage.googleapis.com",
  ])

  service            = each.value
  disable_on_destroy = false
}

resource "google_artifact_registry_repository" "images" {
  # checkov:skip=CKV_GCP_84:Google's own keys encrypt it; the images hold no data
  repository_id = var.name
  location      = var.region
  format        = "DOCKER"
  depends_on    = [google_project_service.needed]

  docker_config {
    immutable_tags = true
  }
}

module "network" {
  source     = "./modules/network"
  depends_on = [google_project_service.needed]

  name            = var.name
  region          = var.region
  functions_range = var.functions_range
}

module "database" {
  source     = "./modules/database"
  depends_on = [google_project_service.needed]

  name             = var.name
  region           = var.region
  tier             = var.database.tier
  highly_available = var.database.highly_available
  max_connections  = var.database.max_connections
  network          = module.network.id
}

module "bucket" {
  source     = "./modules/bucket"
  depends_on = [google_project_service.needed]

  name        = "${var.project}-${var.name}"
  role_prefix = var.name
  location    = var.region
  web_origins = local.behind_front ? concat(["https://${var.domain}"], var.web_origins) : var.web_origins
  permissions = {
    # Upload stores originals, reads back what was sent straight to the bucket, and deletes what it
    # has stored in vain; status reads, and deletes with a record what belongs to it.
    upload = ["storage.objects.create", "storage.objects.get", "storage.objects.delete"]
    status = ["storage.objects.get", "storage.objects.list", "storage.objects.delete"]
    worker = ["storage.objects.create", "storage.objects.get", "storage.objects.list", "storage.objects.delete"]
    long   = ["storage.objects.create", "storage.objects.get", "storage.objects.list", "storage.objects.delete"]
  }
  users = {
    upload = module.upload.service_account_email
    status = module.status.service_account_email
    worker = module.worker.service_account_email
    long   = module.long.service_account_email
  }
}

module "upload" {
  source     = "./modules/function"
  depends_on = [google_project_service.needed]

  name            = "${var.name}-upload"
  region          = var.region
  image           = var.images.upload
  invokers        = local.people
  signs_in_itself = var.auth.mode == "oidc" && local.behind_front
  ingress         = local.ingress
  concurrency     = 16
  timeout_seconds = 300
  memory          = "512Mi"
  max_instances   = var.max_instances.upload
  env             = local.env
  secret_env      = { DATABASE_URL = module.database.secrets["upload-database-url"] }
  network         = module.network.id
  subnetwork      = module.network.functions_subnetwork
}

module "status" {
  source     = "./modules/function"
  depends_on = [google_project_service.needed]

  name            = "${var.name}-status"
  region          = var.region
  image           = var.images.status
  invokers        = local.people
  signs_in_itself = var.auth.mode == "oidc" && local.behind_front
  ingress         = local.ingress
  concurrency     = 40
  timeout_seconds = 300
  memory          = "1Gi"
  max_instances   = var.max_instances.status
  env             = merge(local.env, { OPERATORS = jsonencode(var.operators) })
  secret_env      = { DATABASE_URL = module.database.secrets["status-database-url"] }
  network         = module.network.id
  subnetwork      = module.network.functions_subnetwork
}

module "worker" {
  source     = "./modules/function"
  depends_on = [google_project_service.needed]

  name            = "${var.name}-worker"
  region          = var.region
  image           = var.images.worker
  invokers        = ["serviceAccount:${module.schedule.service_account_email}"]
  ingress         = "INGRESS_TRAFFIC_INTERNAL_ONLY"
  concurrency     = 1
  timeout_seconds = var.worker_timeout_seconds
  cpu             = "2"
  memory          = "${local.worker_memory_mib}Mi"
  max_instances   = var.max_instances.worker
  env             = local.worker_env
  secret_env      = { DATABASE_URL = module.database.secrets["worker-database-url"] }
  network         = module.network.id
  subnetwork      = module.network.functions_subnetwork
}

# The same image: what no drain is long enough for.
module "long" {
  source     = "./modules/job"
  depends_on = [google_project_service.needed]

  name            = "${var.name}-long"
  region          = var.region
  image           = var.images.worker
  command         = ["python", "-m", "functions.worker", "--long"]
  timeout_seconds = local.long_timeout_seconds
  cpu             = "2"
  memory          = "${local.worker_memory_mib}Mi"
  env             = local.worker_env
  secret_env      = { DATABASE_URL = module.database.secrets["worker-database-url"] }
  network         = module.network.id
  subnetwork      = module.network.functions_subnetwork
}

# Runs before traffic moves to a new version: see cloudbuild.yaml.
module "migrate" {
  source     = "./modules/job"
  depends_on = [google_project_service.needed]

  name            = "${var.name}-migrate"
  region          = var.region
  image           = var.images.worker
  command         = ["python", "-m", "shared.deploy"]
  timeout_seconds = 600
  memory          = "512Mi"
  env             = {}
  secret_env = {
    DATABASE_URL             = module.database.secrets["owner-database-url"]
    UPLOAD_DATABASE_PASSWORD = module.database.secrets["upload-database-password"]
    STATUS_DATABASE_PASSWORD = module.database.secrets["status-database-password"]
    WORKER_DATABASE_PASSWORD = module.database.secrets["worker-database-password"]
  }
  network    = module.network.id
  subnetwork = module.network.functions_subnetwork
}

module "schedule" {
  source     = "./modules/schedule"
  depends_on = [google_project_service.needed]

  name                     = local.tick
  project                  = var.project
  region                   = var.region
  target                   = module.worker.uri
  attempt_deadline_seconds = var.worker_timeout_seconds
  long_lane                = module.long.name
  runners = {
    upload = module.upload.service_account_email
    status = module.status.service_account_email
    worker = module.worker.service_account_email
  }
}

module "front" {
  source     = "./modules/front"
  count      = local.behind_front ? 1 : 0
  depends_on = [google_project_service.needed]

  name                = var.name
  region              = var.region
  domain              = var.domain
  page_bucket         = "${var.project}-${var.name}-page"
  services            = { upload = module.upload.name, status = module.status.name }
  requests_per_minute = var.requests_per_minute
  iap                 = var.auth.mode == "iap"
  people              = var.invokers
}

module "watch" {
  source     = "./modules/watch"
  depends_on = [google_project_service.needed]

  name                  = var.name
  worker                = module.worker.name
  notification_channels = var.notification_channels
}
