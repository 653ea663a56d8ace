"""Names of downloads."""

import re
from urllib.parse import quote


def attachment(name: str) -> str:
    """Name a download twice: in any script (RFC 6266), and for clients that know only ASCII."""
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
