"""Whether a worker is after 200,000 jobs as it was at the start."""
