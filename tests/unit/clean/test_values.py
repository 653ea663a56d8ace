"""Values in JSON."""

from datetime import date, datetime, time, timedelta

import pytest

from shared.clean.values import json_value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (2**53, 2**53),
        (2**53 + 1, "9007199254740993"),
        (-(2**63), "-9223372036854775808"),
        (0.1, 0.1),
        ("00123", "00123"),
        (date(2024, 5, 6), "2024-05-06"),
        (datetime.fromisoformat("2024-05-06 07:08:09"), "2024-05-06T07:08:09"),
        (time(8, 30), "08:30:00"),
        (timedelta(hours=26, minutes=5), "26:05:00"),
        (timedelta(seconds=-90, microseconds=500_000), "-0:01:29.5"),
    ],
)
def test_a_value_in_json(value, expected):
    found = json_value(value)

    assert found == expected
    assert type(found) is type(expected)


def test_what_clean_data_never_holds_is_refused():
    with pytest.raises(TypeError, match="bytes is no value"):
        json_value(b"")
