"""Before a new version gets traffic: bring the database up to date, and let the functions in.

    python -m shared.deploy

DATABASE_URL is of the one who owns the tables. UPLOAD_DATABASE_PASSWORD, STATUS_DATABASE_PASSWORD
and WORKER_DATABASE_PASSWORD, where they are set, become the passwords of sluice_upload,
sluice_status and sluice_worker.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from shared.migrate import migrate
from shared.roles import ROLES, let_in


def deploy(database_url: str, environ: Mapping[str, str]) -> list[str]:
    """Migrate, set the passwords that `environ` has, and return what was applied."""
    applied = migrate(database_url)
    names = {function: f"{function.upper()}_DATABASE_PASSWORD" for function in ROLES}
    let_in(database_url, {who: environ[name] for who, name in names.items() if environ.get(name)})
    return applied


if __name__ == "__main__":
    done = deploy(os.environ["DATABASE_URL"], os.environ)
    print(f"Applied: {', '.join(done) or 'nothing, all was there'}")  # noqa: T201
