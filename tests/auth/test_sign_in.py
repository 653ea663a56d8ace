"""Whom a function believes."""

import base64
import hashlib
import hmac
import json
import time

import pytest
from cryptography.hazmat.primitives import serialization

from shared.auth.caller import Caller
from shared.auth.settings import AuthSettings
from shared.auth.sign_in import sign_in
from shared.errors import BadRequest, Forbidden, Unauthorized, Unavailable
from tests.auth.issuer import AUDIENCE, NAME, unsigned


@pytest.fixture
def way(issuer, monkeypatch):
    def configured(mode="oidc", **more):
        for name, value in issuer.env(mode, **more).items():
            monkeypatch.setenv(name, value)
        return sign_in(AuthSettings())

    return configured


@pytest.mark.parametrize("key", ["rsa-1", "ec-1"])
def test_a_right_token_names_its_user(issuer, way, key):
    assert way()(issuer.bearer(key=key)) == Caller(user="ann", owner="ann")


@pytest.mark.parametrize(
    "wrong",
    [
        {"exp": int(time.time()) - 60},
        {"nbf": int(time.time()) + 600},
        {"aud": "another"},
        {"aud": ["another"]},
        {"iss": "https://login.example.com"},
        {"without": "exp"},
        {"without": "aud"},
        {"without": "iss"},
        {"without": "iat"},
        {"kid": "unknown"},
        {"kid": "ec-1"},
        {"algorithm": "RS512"},
    ],
    ids=lambda fault: next(iter(fault)),
)
def test_a_token_with_a_fault_is_refused(issuer, way, wrong):
    with pytest.raises(Unauthorized):
        way()(issuer.bearer(**wrong))


def test_a_token_that_nobody_signed_is_refused(way):
    now = int(time.time())
    token = unsigned(iss=NAME, aud=AUDIENCE, sub="ann", iat=now, exp=now + 600)
    with pytest.raises(Unauthorized):
        way()({"Authorization": f"Bearer {token}"})


def test_a_token_signed_with_the_public_key_as_a_secret_is_refused(issuer, way):
    public = issuer.keys["rsa-1"].public_key()
    secret = public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    head, body, _ = issuer.token().split(".")
    head = base64.urlsafe_b64encode(json.dumps({"alg": "HS256", "kid": "rsa-1"}).encode())
    signed = head.rstrip(b"=") + b"." + body.encode()
    mac = base64.urlsafe_b64encode(hmac.digest(secret, signed, hashlib.sha256)).rstrip(b"=")
    with pytest.raises(Unauthorized):
        way()({"Authorization": f"Bearer {(signed + b'.' + mac).decode()}"})


def test_a_secret_key_among_the_public_ones_signs_nothing(issuer, way):
    secret = b"a secret of thirty-two bytes ...."
    issuer.extra_keys.append(
        {"kty": "oct", "kid": "secret", "k": base64.urlsafe_b64encode(secret).decode()}
    )
    issuer.keys["secret"] = secret
    token = issuer.token(key="secret", algorithm="HS256")
    del issuer.keys["secret"]
    with pytest.raises(Unauthorized):
        way()({"Authorization": f"Bearer {token}"})


@pytest.mark.parametrize("header", ["", "Basic YW5uOmFubg==", "Bearer", "Bearer  ", "Bearer x.y"])
def test_what_is_no_token_is_refused(way, header):
    with pytest.raises(Unauthorized):
        way()({"Authorization": header})


def test_no_refusal_repeats_the_token(issuer, way):
    token = issuer.token(aud="another")
    with pytest.raises(Unauthorized) as refused:
        way()({"Authorization": f"Bearer {token}"})
    assert token not in str(refused.value)


def test_an_address_must_be_verified_to_name_somebody(issuer, way):
    by_address = way(AUTH_USER_CLAIM="email")
    verified = issuer.bearer(email="ann@example.org", email_verified=True)
    assert by_address(verified).user == "ann@example.org"
    for unverified in ({}, {"email_verified": False}):
        with pytest.raises(Forbidden):
            by_address(issuer.bearer(email="ann@example.org", **unverified))


def test_a_team_shares_by_a_claim(issuer, way):
    by_team = way(AUTH_OWNER_CLAIM="team")
    assert by_team(issuer.bearer(team="blue")) == Caller(user="ann", owner="blue")
    with pytest.raises(Forbidden):
        by_team(issuer.bearer())


@pytest.mark.parametrize("name", ["", " ann", "a\nb", "x" * 201, 7, None, ["ann"]])
def test_a_name_that_is_none_lets_nobody_in(issuer, way, name):
    by_team = way(AUTH_OWNER_CLAIM="team")
    with pytest.raises(Forbidden):
        by_team(issuer.bearer(team=name))


def test_the_proxys_word_is_believed_in_its_own_header_alone(issuer, way):
    by_proxy = way("iap")
    token = issuer.token(key="ec-1", email="ann@example.org")
    assert by_proxy({"x-goog-iap-jwt-assertion": token}).user == "ann@example.org"
    with pytest.raises(Unauthorized):
        by_proxy({"Authorization": f"Bearer {token}"})
    with pytest.raises(Unauthorized):
        by_proxy({"x-goog-iap-jwt-assertion": issuer.token(email="ann@example.org")})


def test_keys_are_asked_for_once_and_an_unknown_one_at_most_once_a_minute(issuer, way):
    known = way()
    for _ in range(3):
        known(issuer.bearer())
    assert issuer.asked == 1
    for attempt in range(20):
        with pytest.raises(Unauthorized):
            known(issuer.bearer(kid=f"made-up-{attempt}"))
    assert issuer.asked == 1


def test_without_keys_it_is_our_fault_and_not_the_callers(issuer, way):
    issuer.down = True
    with pytest.raises(Unavailable):
        way()(issuer.bearer())


def test_on_ones_own_machine_callers_say_who_they_are(monkeypatch):
    monkeypatch.setenv("AUTH_MODE", "none")
    by_word = sign_in(AuthSettings())
    assert by_word({"x-sluice-user": "ann"}).owner == "ann"
    assert by_word({}).user == "local"
    with pytest.raises(BadRequest):
        by_word({"x-sluice-user": "x" * 201})
