# Who gets in where. Needs the providers' schemas (terraform init -backend=false), and no cloud.

mock_provider "google" {}
mock_provider "random" {}

variables {
  project = "my-project"
  region  = "europe-west1"
  images  = { upload = "upload", status = "status", worker = "worker" }
  auth    = { mode = "oidc", audience = "sluice", issuer = "https://login.example.org", jwks_url = "https://login.example.org/keys" }

  # Of modules/function, for the runs below that are about one alone.
  name            = "sluice-worker"
  image           = "worker"
  invokers        = ["serviceAccount:tick@my-project.iam.gserviceaccount.com"]
  ingress         = "INGRESS_TRAFFIC_INTERNAL_ONLY"
  concurrency     = 1
  timeout_seconds = 900
  memory          = "4096Mi"
  max_instances   = 2
  env             = {}
  secret_env      = {}
  network         = "network"
  subnetwork      = "subnetwork"
}

run "the_worker_is_not_public" {
  command = plan
  module {
    source = "./modules/function"
  }

  assert {
    condition     = google_cloud_run_v2_service.this.ingress == "INGRESS_TRAFFIC_INTERNAL_ONLY"
    error_message = "The worker is reached from outside."
  }

  assert {
    condition     = google_cloud_run_v2_service.this.invoker_iam_disabled == false
    error_message = "Cloud Run does not check who calls the worker."
  }

  assert {
    condition     = google_cloud_run_v2_service_iam_binding.invokers[0].members == toset(var.invokers)
    error_message = "Somebody else may call the worker."
  }
}

run "a_function_is_never_open_to_everybody" {
  command = plan
  module {
    source = "./modules/function"
  }
  variables {
    invokers = ["allUsers"]
  }
  expect_failures = [var.invokers]
}

run "who_signs_people_in_itself_is_behind_the_load_balancer" {
  command = plan
  module {
    source = "./modules/function"
  }
  variables {
    ingress         = "INGRESS_TRAFFIC_ALL"
    signs_in_itself = true
  }
  expect_failures = [google_cloud_run_v2_service.this]
}

run "without_a_domain_there_is_no_page_and_no_public_bucket" {
  command = plan
  variables {
    name          = "sluice"
    invokers      = []
    max_instances = {}
  }

  assert {
    condition     = length(module.front) == 0 && output.page_bucket == null
    error_message = "There is a front nobody asked for."
  }
}
