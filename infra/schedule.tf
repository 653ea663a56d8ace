# The clock that makes the worker drain.

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
