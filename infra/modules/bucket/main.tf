# Originals and clean data. Never public; expiry is the application's, since it slides.

resource "google_storage_bucket" "this" {
  name                        = var.name
  location                    = var.location
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false

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

resource "google_storage_bucket_iam_member" "users" {
  for_each = var.users

  bucket = google_storage_bucket.this.name
  role   = "roles/storage.objectUser"
  member = "serviceAccount:${each.value}"
}
