project = "my-project"
region  = "europe-west1"

images = {
  upload = "europe-west1-docker.pkg.dev/my-project/sluice/upload:0.1.0"
  status = "europe-west1-docker.pkg.dev/my-project/sluice/status:0.1.0"
  worker = "europe-west1-docker.pkg.dev/my-project/sluice/worker:0.1.0"
}

invokers  = ["group:researchers@example.org"]
domain    = "data.example.org"
operators = ["ann@example.org"]

auth = {
  mode     = "oidc"
  audience = "sluice"
  issuer   = "https://login.example.org"
  jwks_url = "https://login.example.org/.well-known/jwks.json"

  user_claim = "email"
}

# What screens and extracts, instead of the built-in baselines; the secret is made by hand.
# language = {
#   base_url       = "https://models.example.org/v1"
#   model_a        = "large"
#   model_b        = "other"
#   api_key_secret = "models-key"
# }
