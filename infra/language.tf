# The models that screen and extract. Only the worker and the long lane learn of them, and only there
# the processes of those two kinds of job.

locals {
  language_env = { for name, value in {
    LLM_BASE_URL         = try(var.language.base_url, null)
    LLM_MODEL_A          = try(var.language.model_a, null)
    LLM_MODEL_B          = try(var.language.model_b, null)
    LLM_TIMEOUT_SECONDS  = try(var.language.timeout_seconds, null)
    LLM_IN_FLIGHT        = try(var.language.in_flight, null)
    LLM_PATIENCE_SECONDS = try(var.language.patience_seconds, null)
    LLM_MAX_TOKENS       = try(var.language.max_tokens, null)
    LLM_PRICE_IN         = try(var.language.price_in, null)
    LLM_PRICE_OUT        = try(var.language.price_out, null)
  } : name => tostring(value) if value != null }

  # The key never passes through here: its secret is made by whoever has it.
  language_secret_env = { for name, secret in {
    LLM_API_KEY = try(var.language.api_key_secret, null)
  } : name => secret if secret != null }
}
