"""How gunicorn serves uploads: one process, and an end in time after SIGTERM."""

from __future__ import annotations

import os

bind = f"{os.environ.get('HOST', '0.0.0.0')}:{os.environ.get('PORT', '8080')}"  # noqa: S104
logger_class = "shared.telemetry.server_log.ServerLog"
workers = 1
# Requests at once: as many as Cloud Run sends to an instance.
threads = 16
# Seconds that an idle connection is kept. A page that polls, or the platform's proxy, comes back
# within them; closed at the moment when it does, a connection costs it a request.
keepalive = 75
# A large body or an export may take its time; the platform ends what takes too long.
timeout = 0
# Cloud Run kills 10 s after its SIGTERM.
graceful_timeout = 9
# gunicorn's heartbeat file: the root file system is read-only, and this is memory.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108
