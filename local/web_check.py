"""Check the page: its types against openapi.json, its style, and its own tests.

python -m local.web_check
"""

from __future__ import annotations

import subprocess
import sys

from local.web_build import NoNode, install, npm

if __name__ == "__main__":
    try:
        install()
        npm("run", "--silent", "check")
    except (NoNode, subprocess.CalledProcessError) as error:
        sys.exit(f"The page's checks failed: {error}")
