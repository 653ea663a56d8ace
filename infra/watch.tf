# Who is told when something is wrong.

module "watch" {
  source     = "./modules/watch"
  depends_on = [google_project_service.needed]

  name                  = var.name
  worker                = module.worker.name
  notification_channels = var.notification_channels
  silence_seconds       = 60 * ceil(var.worker_timeout_seconds / 60) + 600
}
