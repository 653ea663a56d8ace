# Where data lies: a database at a private address, and a bucket.

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
    # The values of an extraction, for the job that puts them into a sheet as columns.
    status_extractions = ["storage.objects.create"]
    worker             = ["storage.objects.create", "storage.objects.get", "storage.objects.list", "storage.objects.delete"]
    long               = ["storage.objects.create", "storage.objects.get", "storage.objects.list", "storage.objects.delete"]
  }
  only_under = { status_extractions = "extractions/" }
  users = {
    upload             = module.upload.service_account_email
    status             = module.status.service_account_email
    status_extractions = module.status.service_account_email
    worker             = module.worker.service_account_email
    long               = module.long.service_account_email
  }
}
