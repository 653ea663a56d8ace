"""Everything fails at once for a while, and nothing is lost, done twice or left behind."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from local.paths import ROOT

pytestmark = [pytest.mark.faults, pytest.mark.chaos, pytest.mark.timeout(420)]

MINUTES = "0.67"
SEED = "10"
"""Its plan has all kinds of trouble."""


def test_a_short_run_ends_well():
    command = [sys.executable, "-W", "error", "-m", "benchmarks.chaos"]
    done = subprocess.run(
        [*command, "--minutes", MINUTES, "--seed", SEED],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    print(done.stdout, done.stderr)
    assert done.returncode == 0
    assert done.stderr == ""
    figures = json.loads(done.stdout.splitlines()[-1])["figures"]
    assert figures["accepted"] > 0
    assert figures["struck"] > 10
