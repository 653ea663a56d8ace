# Numbers that have to agree. They need no provider, so that `terraform test` can try them anywhere.

locals {
  # One number, var.worker_timeout_seconds, drives four: the worker's request time-out, what it
  # knows of it, the scheduler's wait for it, and the drain's budget, which ends early enough to
  # hand jobs back.
  worker_margin_seconds = 30
  worker_budget_seconds = var.worker_timeout_seconds - local.worker_margin_seconds

  # The long lane has a day less an hour; the worker stops claiming well before it is stopped.
  long_timeout_seconds = 82800
  long_margin_seconds  = 600
  long_work_seconds    = local.long_timeout_seconds - local.long_margin_seconds

  # What a job's process may map: most of the instance, less what the worker itself takes.
  worker_memory_mib     = 4096
  worker_own_memory_mib = 1024
  worker_job_memory_mib = local.worker_memory_mib - local.worker_own_memory_mib
}
