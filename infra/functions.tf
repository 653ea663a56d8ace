# The three functions. Who may call whom is written here, and nowhere else.

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
  env             = local.upload_env
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
  # It signs the links by which people download the files that jobs have made.
  signs_links = true
  env         = local.status_env
  secret_env  = { DATABASE_URL = module.database.secrets["status-database-url"] }
  network     = module.network.id
  subnetwork  = module.network.functions_subnetwork
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
  secret_env      = local.worker_secret_env
  network         = module.network.id
  subnetwork      = module.network.functions_subnetwork
}
