# What the functions are told.

locals {
  # Named here and not read from its module: the worker has to know it before it can exist.
  tick = "${var.name}-tick"

  # The settings of every function; one without a sign-in refuses to start on Cloud Run.
  env = { for name, value in {
    STORAGE_BUCKET   = module.bucket.name
    AUTH_MODE        = var.auth.mode
    AUTH_AUDIENCE    = var.auth.audience
    AUTH_ISSUER      = var.auth.issuer
    AUTH_JWKS_URL    = var.auth.jwks_url
    AUTH_USER_CLAIM  = var.auth.user_claim
    AUTH_OWNER_CLAIM = var.auth.owner_claim

    # Logs carry their trace under this project's name.
    GOOGLE_CLOUD_PROJECT = var.project

    # Whoever has work for the worker makes the tick run now, as long as an instance is free.
    NUDGE               = "scheduler"
    NUDGE_SCHEDULER_JOB = "projects/${var.project}/locations/${var.region}/jobs/${local.tick}"
    WORKER_MAX_DRAINS   = tostring(var.max_instances.worker)
  } : name => value if value != null }

  upload_env = merge(local.env, {
    QUOTA_WAITING_JOBS       = tostring(var.quotas.waiting_jobs)
    QUOTA_STORED_BYTES       = tostring(var.quotas.stored_bytes)
    QUOTA_UPLOADS_PER_MINUTE = tostring(var.quotas.uploads_per_minute)
  })

  status_env = merge(local.env, { OPERATORS = jsonencode(var.operators) })

  worker_env = merge(local.env, local.language_env, {
    WORKER_BUDGET_SECONDS     = tostring(local.worker_budget_seconds)
    CLOUD_RUN_TIMEOUT_SECONDS = tostring(var.worker_timeout_seconds)
    WORKER_LONG_SECONDS       = tostring(local.long_work_seconds)
    WORKER_JOB_MEMORY_MIB     = tostring(local.worker_job_memory_mib)
  })

  worker_secret_env = merge(local.language_secret_env, {
    DATABASE_URL = module.database.secrets["worker-database-url"]
  })
}
