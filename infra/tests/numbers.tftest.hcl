# Deadlines, memory and connections agree, whatever is chosen. Needs no provider: what is tested are
# variables and locals.

mock_provider "google" {}
mock_provider "random" {}

variables {
  project = "my-project"
  region  = "europe-west1"
  images  = { upload = "upload", status = "status", worker = "worker" }
  auth    = { mode = "oidc", audience = "sluice", issuer = "https://login.example.org", jwks_url = "https://login.example.org/keys" }
}

run "by_default_a_drain_ends_before_its_request" {
  command = plan

  assert {
    condition     = local.worker_budget_seconds > 0 && local.worker_budget_seconds + local.worker_margin_seconds == var.worker_timeout_seconds
    error_message = "The drain has no time left to hand its jobs back."
  }

  assert {
    condition     = local.long_work_seconds + local.long_margin_seconds == local.long_timeout_seconds && local.long_timeout_seconds <= 86400
    error_message = "The long lane works until it is stopped, or for longer than a day."
  }

  assert {
    condition     = local.worker_job_memory_mib >= 512 && local.worker_job_memory_mib < local.worker_memory_mib
    error_message = "A job may take more memory than its instance has, or too little to start."
  }
}

run "the_shortest_timeout_leaves_time_to_work" {
  command = plan
  variables {
    worker_timeout_seconds = 120
  }

  assert {
    condition     = local.worker_budget_seconds >= 60
    error_message = "Less than a minute of work is left in a call."
  }
}

run "the_scheduler_waits_no_longer_than_it_can" {
  command = plan
  variables {
    worker_timeout_seconds = 1801
  }
  expect_failures = [var.worker_timeout_seconds]
}

run "as_many_instances_as_the_database_has_connections_for" {
  command = plan
  variables {
    max_instances = { upload = 4, status = 4, worker = 3 }
    database      = { max_connections = 204, reserved_connections = 20 }
  }

  assert {
    condition     = 8 * (2 * sum(values(var.max_instances)) + 1) == var.database.max_connections - var.database.reserved_connections
    error_message = "This is meant to be the last that fits: follow variables.tf."
  }
}

run "and_not_one_more" {
  command = plan
  variables {
    max_instances = { upload = 4, status = 4, worker = 4 }
    database      = { max_connections = 204, reserved_connections = 20 }
  }
  expect_failures = [var.database]
}
