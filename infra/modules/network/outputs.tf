output "id" {
  description = "The network, once Google's services can have addresses in it."
  value       = google_compute_network.this.id
  depends_on  = [google_service_networking_connection.services]
}

output "functions_subnetwork" {
  description = "The subnetwork that the functions call out from."
  value       = google_compute_subnetwork.functions.name
}
