"""Look up known vulnerabilities of pinned packages.

python -m local.audit PIP-AUDIT REQUIREMENTS...

Ends with 0 when every package was looked up and none has any, 1 when some have, 2 when there was no
index to look them up in: then nothing is known, which is not the same as nothing found.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_FOUND = 1
_UNKNOWN = 2


@dataclass(frozen=True)
class Audit:
    """What was found, a line for each vulnerability, and which packages were not looked up."""

    looked_up: int
    found: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """What the process ends with."""
        return _FOUND if self.found else _UNKNOWN if self.unknown else 0

    def __str__(self) -> str:
        lines = list(self.found)
        if self.unknown and not self.looked_up:
            lines.append("NOT CHECKED: no index of vulnerabilities knows these packages from here.")
        elif self.unknown:
            lines.append(f"NOT CHECKED: {', '.join(self.unknown)}")
        lines.append(f"{self.looked_up} packages looked up, {len(self.found)} vulnerabilities.")
        return "\n".join(lines)


def audit(pip_audit: str, requirements: Sequence[str]) -> Audit:
    """Ask the index. Raises NoIndex when it does not answer."""
    files = [argument for path in requirements for argument in ("--requirement", path)]
    done = subprocess.run(
        [
            pip_audit,
            "--require-hashes",
            "--disable-pip",
            "--progress-spinner=off",
            "-fjson",
            *files,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        return read(json.loads(done.stdout))
    except ValueError as error:
        last_words = (done.stderr.strip().splitlines() or ["pip-audit says nothing."])[-1]
        raise NoIndex(last_words) from error


class NoIndex(Exception):
    """The index of vulnerabilities does not answer; the text says what pip-audit said last."""


def read(report: dict[str, Any]) -> Audit:
    """Read pip-audit's own JSON."""
    packages = report["dependencies"]
    unknown = sorted({each["name"] for each in packages if "skip_reason" in each})
    return Audit(
        looked_up=len(packages) - len(unknown),
        found=tuple(sorted({line for each in packages for line in _lines(each)})),
        unknown=tuple(unknown),
    )


def _lines(package: dict[str, Any]) -> list[str]:
    return [
        f"{package['name']} {package['version']}: {each['id']}"
        f" ({', '.join(each['fix_versions']) or 'no version'} mends it)"
        for each in package.get("vulns", ())
    ]


if __name__ == "__main__":
    try:
        result = audit(sys.argv[1], sys.argv[2:])
    except NoIndex as error:
        print(f"NOT CHECKED: the index of vulnerabilities does not answer. {error}")  # noqa: T201
        sys.exit(_UNKNOWN)
    print(result)  # noqa: T201
    sys.exit(result.exit_code)
