"""The command line in front of functions that want their callers to sign in."""

from __future__ import annotations

import pytest

from local.functions import FunctionProcess
from tests.auth.issuer import serving


@pytest.fixture(scope="module")
def behind_sign_in(served, tmp_path_factory):
    """The function status with AUTH_MODE=oidc, and the issuer of its tokens."""
    env = dict(served.functions["status"].child.env)
    del env["PORT"]
    with serving() as issuer:
        log = tmp_path_factory.mktemp("signed-in") / "status.log"
        status = FunctionProcess("status", env={**env, **issuer.env()}, log=log)
        status.start()
        try:
            status.wait_ready(check=status.check)
            yield status.url, issuer
        finally:
            status.stop()


def test_a_token_says_who_asks(sluice, behind_sign_in):
    url, issuer = behind_sign_in
    done = sluice("jobs", "--json", SLUICE_URL=url, SLUICE_TOKEN=f"{issuer.token(sub='ann')}\n")
    assert (done.returncode, done.stderr) == (0, "")


def test_without_one_it_says_what_is_missing(sluice, behind_sign_in):
    url, _ = behind_sign_in
    done = sluice("jobs", SLUICE_URL=url)
    assert done.returncode == 2
    assert "Sign in" in done.stderr


def test_an_expired_one_is_refused_and_never_shown(sluice, behind_sign_in):
    url, issuer = behind_sign_in
    token = issuer.token(exp=1)
    done = sluice("jobs", SLUICE_URL=url, SLUICE_TOKEN=token)
    assert done.returncode == 2
    assert "expired" in done.stderr
    assert token not in done.stdout + done.stderr


def test_it_is_not_sent_in_the_clear(sluice):
    done = sluice("jobs", SLUICE_URL="http://sluice.example.org", SLUICE_TOKEN="secret-token")
    assert done.returncode == 2
    assert "https" in done.stderr
    assert "secret-token" not in done.stderr
