"""Keys come and go at the issuer."""

import time

import pytest

from shared.auth.keys import Keys, Source
from shared.auth.tokens import Tokens
from shared.errors import Unauthorized
from tests.auth.issuer import AUDIENCE, NAME


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_new_key_is_found_a_minute_after_the_last_look(issuer):
    clock = Clock()
    keys = Keys(Source(issuer.url), clock=clock)
    assert keys.find("rsa-1")
    issuer.keys["ec-2"] = issuer.keys["ec-1"]

    assert keys.find("ec-2") is None
    clock.now = 61
    assert keys.find("ec-2")


def test_a_key_that_was_withdrawn_is_forgotten_within_the_hour(issuer):
    clock = Clock()
    keys = Keys(Source(issuer.url), clock=clock)
    assert keys.find("rsa-1")
    del issuer.keys["rsa-1"]

    clock.now = 3601
    assert keys.find("rsa-1") is None


def test_keys_that_cannot_be_renewed_serve_on(issuer):
    clock = Clock()
    keys = Keys(Source(issuer.url), clock=clock)
    assert keys.find("rsa-1")
    issuer.down = True

    clock.now = 3601
    assert keys.find("rsa-1")
    assert issuer.asked == 2


def test_a_token_is_remembered_for_a_minute_whatever_becomes_of_its_key(issuer, monkeypatch):
    clock = Clock()
    keys = Keys(Source(issuer.url), clock=clock)
    tokens = Tokens(keys=keys, issuers=[NAME], audience=AUDIENCE, algorithms=["RS256"])
    token = issuer.token()
    assert tokens.claims(token)["sub"] == "ann"
    del issuer.keys["rsa-1"]
    clock.now = 3601

    assert tokens.claims(token)["sub"] == "ann"
    later = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: later)
    with pytest.raises(Unauthorized):
        tokens.claims(token)
