# What somebody is woken up for, and a page that shows it.

locals {
  worker = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"${var.worker}\""
}

# The worker writes both, once a minute: functions/worker/gauge.py.
resource "google_logging_metric" "gauges" {
  for_each = {
    oldest_waiting_seconds = "REGEXP_EXTRACT(jsonPayload.message, \"Oldest waiting job: ([0-9]+) s\")"
    given_up_in_an_hour    = "REGEXP_EXTRACT(jsonPayload.message, \"given up in an hour: ([0-9]+)\")"
  }

  name            = "${var.name}/${each.key}"
  filter          = "${local.worker} AND jsonPayload.message=~\"^Oldest waiting job: \""
  value_extractor = each.value

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
  }
}

resource "google_monitoring_alert_policy" "gauges" {
  for_each = {
    oldest_waiting_seconds = { name = "jobs wait too long", above = var.oldest_waiting_seconds, help = "Is the tick paused, are all instances busy, is the queue paused? GET /api/v1/queues shows." }
    given_up_in_an_hour    = { name = "jobs were given up", above = 0, help = "An operator sees each with its errors at GET /api/v1/jobs?state=buried&all=true; retry what can be helped." }
  }

  display_name          = "${var.name}: ${each.value.name}"
  combiner              = "OR"
  notification_channels = var.notification_channels

  conditions {
    display_name = each.key
    condition_threshold {
      filter          = "metric.type=\"logging.googleapis.com/user/${google_logging_metric.gauges[each.key].name}\" AND resource.type=\"cloud_run_revision\""
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.above
      duration        = "300s"
      # The mean is exact; a percentile lies somewhere in its bucket, and that of noughts above none.
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_MEAN"
      }
    }
  }

  documentation {
    content = each.value.help
  }
}

# Whoever does not drain writes no line either, and the alerts above would stay silent.
resource "google_monitoring_alert_policy" "silence" {
  display_name          = "${var.name}: nobody drains"
  combiner              = "OR"
  notification_channels = var.notification_channels

  conditions {
    display_name = "no word from the worker"
    condition_absent {
      filter   = "metric.type=\"logging.googleapis.com/user/${google_logging_metric.gauges["oldest_waiting_seconds"].name}\" AND resource.type=\"cloud_run_revision\""
      duration = "${var.silence_seconds}s"
      aggregations {
        alignment_period     = "60s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_COUNT"
      }
    }
  }

  documentation {
    content = "The worker says each minute how long jobs wait. Is the tick paused or refused (Cloud Scheduler shows its last answers), does the worker start (its log), does a drain take very long (its time-out)?"
  }
}

resource "google_monitoring_alert_policy" "errors" {
  display_name          = "${var.name}: answers fail"
  combiner              = "OR"
  notification_channels = var.notification_channels

  conditions {
    display_name = "share of 5xx"
    condition_threshold {
      filter             = "metric.type=\"run.googleapis.com/request_count\" AND resource.type=\"cloud_run_revision\" AND resource.labels.service_name=starts_with(\"${var.name}-\") AND metric.labels.response_code_class=\"5xx\""
      denominator_filter = "metric.type=\"run.googleapis.com/request_count\" AND resource.type=\"cloud_run_revision\" AND resource.labels.service_name=starts_with(\"${var.name}-\")"
      comparison         = "COMPARISON_GT"
      threshold_value    = var.error_share
      duration           = "300s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_RATE"
        cross_series_reducer = "REDUCE_SUM"
      }
      denominator_aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_RATE"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }
}

resource "google_monitoring_dashboard" "this" {
  dashboard_json = jsonencode({
    displayName = "Sluice: ${var.name}"
    gridLayout = {
      columns = 2
      widgets = [for title, filter in {
        "Oldest waiting job, seconds" = "metric.type=\"logging.googleapis.com/user/${google_logging_metric.gauges["oldest_waiting_seconds"].name}\""
        "Given up in an hour"         = "metric.type=\"logging.googleapis.com/user/${google_logging_metric.gauges["given_up_in_an_hour"].name}\""
        "Requests"                    = "metric.type=\"run.googleapis.com/request_count\" resource.type=\"cloud_run_revision\""
        "Latency"                     = "metric.type=\"run.googleapis.com/request_latencies\" resource.type=\"cloud_run_revision\""
        "Instances"                   = "metric.type=\"run.googleapis.com/container/instance_count\" resource.type=\"cloud_run_revision\""
        "Database connections"        = "metric.type=\"cloudsql.googleapis.com/database/postgresql/num_backends\" resource.type=\"cloudsql_database\""
        } : {
        title = title
        xyChart = {
          dataSets = [{
            timeSeriesQuery = {
              timeSeriesFilter = {
                filter      = filter
                aggregation = { alignmentPeriod = "60s", perSeriesAligner = strcontains(filter, "num_backends") || strcontains(filter, "instance_count") ? "ALIGN_MAX" : strcontains(filter, "request_count") ? "ALIGN_RATE" : "ALIGN_PERCENTILE_99" }
              }
            }
          }]
        }
      }]
    }
  })
}
