# What runs to its end and answers nobody.

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
  secret_env      = local.worker_secret_env
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
