import pytest

from tests.auth.issuer import serving


@pytest.fixture
def issuer():
    with serving() as running:
        yield running
