# What a wrong variable could open, it does not. Needs no provider.

mock_provider "google" {}
mock_provider "random" {}

variables {
  project = "my-project"
  region  = "europe-west1"
  images  = { upload = "upload", status = "status", worker = "worker" }
  auth    = { mode = "oidc", audience = "sluice", issuer = "https://login.example.org", jwks_url = "https://login.example.org/keys" }
}

run "everybody_is_not_invited" {
  command = plan
  variables {
    invokers = ["group:team@example.org", "allUsers"]
  }
  expect_failures = [var.invokers]
}

run "somebody_is_asked_who_they_are" {
  command = plan
  variables {
    auth = { mode = "none", audience = "sluice" }
  }
  expect_failures = [var.auth]
}

run "without_models_the_worker_is_told_of_none" {
  command = plan

  assert {
    condition     = length(local.language_env) == 0 && length(local.language_secret_env) == 0
    error_message = "The worker is told of models that nobody named."
  }
}

run "with_models_it_is_told_what_was_said_and_no_more" {
  command = plan
  variables {
    language = { base_url = "https://models.example.org/v1", model_a = "a", in_flight = 4, api_key_secret = "models-key" }
  }

  assert {
    condition     = local.language_env == { LLM_BASE_URL = "https://models.example.org/v1", LLM_MODEL_A = "a", LLM_IN_FLIGHT = "4" }
    error_message = "Settings are missing, or there are some that nobody gave."
  }

  assert {
    condition     = local.language_secret_env == { LLM_API_KEY = "models-key" }
    error_message = "The key is not read from its secret."
  }
}

run "the_key_of_the_models_goes_nowhere_in_plain_text" {
  command = plan
  variables {
    language = { base_url = "http://models.example.org/v1", model_a = "a" }
  }
  expect_failures = [var.language]
}

run "the_key_is_not_taken_for_the_name_of_its_secret" {
  command = plan
  variables {
    language = { base_url = "https://models.example.org/v1", model_a = "a", api_key_secret = "projects/other/secrets/key" }
  }
  expect_failures = [var.language]
}

run "a_quota_is_whole" {
  command = plan
  variables {
    quotas = { waiting_jobs = -1 }
  }
  expect_failures = [var.quotas]
}
