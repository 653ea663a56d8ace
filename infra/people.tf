# How people come in: through the load balancer alone where there is a domain, else to the functions'
# own addresses.

locals {
  behind_front = var.domain != null
  ingress      = local.behind_front ? "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" : "INGRESS_TRAFFIC_ALL"
  iap_agent    = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-iap.iam.gserviceaccount.com"
  people       = var.auth.mode == "iap" && local.behind_front ? [local.iap_agent] : var.invokers
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
