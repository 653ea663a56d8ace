# One address for people: the page from a bucket, /api to upload and status by method and path, over
# TLS, behind rate limits and, where wanted, Identity-Aware Proxy.

locals {
  # As local/routes.py: what starts work.
  starts_work = [
    "/api/v1/uploads",
    "/api/v1/{module=*}/tasks",
    "/api/v1/{module=*}/tasks/{record=*}/actions",
    "/api/v1/{module=*}/tasks/{record=*}/parse",
    "/api/v1/{module=*}/tasks/{record=*}/undo",
    "/api/v1/{module=*}/tasks/{record=*}/redo",
  ]
  follows_work = ["/api/", "/openapi.json", "/metrics"]
}

resource "google_compute_global_address" "this" {
  name = var.name
}

resource "google_compute_managed_ssl_certificate" "this" {
  name = var.name

  managed {
    domains = [var.domain]
  }
}

resource "google_compute_ssl_policy" "this" {
  name            = var.name
  profile         = "MODERN"
  min_tls_version = "TLS_1_2"
}

resource "google_storage_bucket" "page" {
  # checkov:skip=CKV_GCP_62:holds the page alone, which is public
  # checkov:skip=CKV_GCP_114:everybody may read the page; there is nothing else in here
  # checkov:skip=CKV_GCP_78:built anew from the repository at any time
  name                        = var.page_bucket
  location                    = var.region
  uniform_bucket_level_access = true

  website {
    main_page_suffix = "index.html"
    not_found_page   = "index.html"
  }
}

resource "google_storage_bucket_iam_member" "page" {
  # checkov:skip=CKV_GCP_28:the page is public; people's data is in another bucket
  bucket = google_storage_bucket.page.name
  role   = "roles/storage.objectViewer"
  member = "allUsers"
}

resource "google_compute_backend_bucket" "page" {
  name        = "${var.name}-page"
  bucket_name = google_storage_bucket.page.name
  enable_cdn  = true

  custom_response_headers = [
    "Content-Security-Policy: default-src 'self'; connect-src 'self' https://storage.googleapis.com; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options: nosniff",
    "Referrer-Policy: no-referrer",
    "Strict-Transport-Security: max-age=31536000",
  ]
}

resource "google_compute_security_policy" "this" {
  name = var.name

  rule {
    action   = "throttle"
    priority = 1000
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
    rate_limit_options {
      conform_action = "allow"
      exceed_action  = "deny(429)"
      enforce_on_key = "IP"
      rate_limit_threshold {
        count        = var.requests_per_minute
        interval_sec = 60
      }
    }
    description = "Nobody takes more than their share."
  }

  rule {
    action   = "deny(403)"
    priority = 900
    match {
      expr {
        expression = "evaluatePreconfiguredExpr('cve-canary')"
      }
    }
    description = "Known attacks on libraries, Log4j's among them."
  }

  rule {
    action   = "allow"
    priority = 2147483647
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
    description = "Needed: what happens to all else."
  }
}

resource "google_compute_region_network_endpoint_group" "functions" {
  for_each = var.services

  name                  = "${var.name}-${each.key}"
  region                = var.region
  network_endpoint_type = "SERVERLESS"

  cloud_run {
    service = each.value
  }
}

resource "google_compute_backend_service" "functions" {
  for_each = var.services

  name                  = "${var.name}-${each.key}"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  protocol              = "HTTPS"
  security_policy       = google_compute_security_policy.this.id

  backend {
    group = google_compute_region_network_endpoint_group.functions[each.key].id
  }

  dynamic "iap" {
    for_each = var.iap ? [true] : []
    content {
      enabled = true
    }
  }

  log_config {
    enable      = true
    sample_rate = 1.0
  }
}

resource "google_iap_web_backend_service_iam_member" "people" {
  for_each = { for pair in setproduct(var.iap ? keys(var.services) : [], var.people) : join(" ", pair) => pair }

  web_backend_service = google_compute_backend_service.functions[each.value[0]].name
  role                = "roles/iap.httpsResourceAccessor"
  member              = each.value[1]
}

resource "google_compute_url_map" "this" {
  name            = var.name
  default_service = google_compute_backend_bucket.page.id

  host_rule {
    hosts        = [var.domain]
    path_matcher = "functions"
  }

  path_matcher {
    name            = "functions"
    default_service = google_compute_backend_bucket.page.id

    dynamic "route_rules" {
      for_each = local.starts_work
      content {
        priority = 10 + route_rules.key
        service  = google_compute_backend_service.functions["upload"].id
        match_rules {
          path_template_match = route_rules.value
          header_matches {
            header_name = ":method"
            exact_match = "POST"
          }
        }
      }
    }

    dynamic "route_rules" {
      for_each = local.follows_work
      content {
        priority = 100 + route_rules.key
        service  = google_compute_backend_service.functions["status"].id
        match_rules {
          prefix_match = route_rules.value
        }
      }
    }
  }
}

resource "google_compute_target_https_proxy" "this" {
  name             = var.name
  url_map          = google_compute_url_map.this.id
  ssl_certificates = [google_compute_managed_ssl_certificate.this.id]
  ssl_policy       = google_compute_ssl_policy.this.id
}

resource "google_compute_global_forwarding_rule" "this" {
  name                  = var.name
  ip_address            = google_compute_global_address.this.id
  load_balancing_scheme = "EXTERNAL_MANAGED"
  port_range            = "443"
  target                = google_compute_target_https_proxy.this.id
}
