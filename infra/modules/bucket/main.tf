# Originals and clean data. Never public; expiry is the application's, since it slides.

resource "google_storage_bucket" "this" {
  # checkov:skip=CKV_GCP_62:who reads and writes is in Cloud Audit Logs; access logs would be a second copy
  # checkov:skip=CKV_GCP_78:objects are immutable and written once; soft delete brings back deleted ones
  name                        = var.name
  location                    = var.location
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false

  # A deleted record can be brought back for a week; then it is gone.
  soft_delete_policy {
    retention_duration_seconds = 604800
  }

  # Only what is on its way: promised uploads that no task was started from. All else the
  # application deletes, which knows what is still read.
  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      age            = 8
      matches_prefix = ["uploads/"]
    }
  }

  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      days_since_noncurrent_time = 7
      with_state                 = "ARCHIVED"
    }
  }

  lifecycle_rule {
    action {
      type = "AbortIncompleteMultipartUpload"
    }
    condition {
      age = 8
    }
  }

  dynamic "cors" {
    for_each = length(var.web_origins) > 0 ? [var.web_origins] : []
    content {
      origin          = cors.value
      method          = ["PUT"]
      response_header = ["Content-Type", "Range"] # a page reads Range to resume an upload
      max_age_seconds = 3600
    }
  }
}

# What each function does with objects, and no more. Nobody can change the bucket itself.
resource "google_project_iam_custom_role" "objects" {
  for_each = var.permissions

  role_id     = replace("${var.role_prefix}_${each.key}_objects", "-", "_")
  title       = "Sluice: objects for ${each.key}"
  permissions = each.value
}

resource "google_storage_bucket_iam_member" "users" {
  for_each = var.users

  bucket = google_storage_bucket.this.name
  role   = google_project_iam_custom_role.objects[each.key].id
  member = "serviceAccount:${each.value}"

  dynamic "condition" {
    for_each = contains(keys(var.only_under), each.key) ? [var.only_under[each.key]] : []
    content {
      title      = "only under ${condition.value}"
      expression = "resource.name.startsWith(\"projects/_/buckets/${google_storage_bucket.this.name}/objects/${condition.value}\")"
    }
  }
}
