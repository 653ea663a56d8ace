output "address" {
  description = "What the domain's A record has to hold."
  value       = google_compute_global_address.this.address
}

output "page_bucket" {
  description = "Where the built page goes."
  value       = google_storage_bucket.page.name
}
