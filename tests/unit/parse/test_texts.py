"""Numbers and dates typed as text."""

from datetime import datetime, time

import pytest

from functions.worker.parse import texts

at = datetime.fromisoformat


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("42", 42),
        ("-7", -7),
        ("1,234,567", 1234567),
        ("123456789012345", 123456789012345),
        ("1.50", 1.5),
        ("-.5", -0.5),
        ("1,234.5", 1234.5),
        ("12.5%", 0.125),
        ("1.2E5", 120000.0),
        ("1e-05", 0.00001),
        ("0.10000000000000001", 0.1),
    ],
)
def test_a_number_is_recognised_exactly(text, value):
    found = texts.number(text)

    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("text", ["00123", "-01", "007.5", "1234567890123456"])
def test_a_leading_zero_or_too_many_digits_make_a_code(text):
    assert isinstance(texts.number(text), texts.Code)


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", ".", "5.", "½", "٣", "1,23", "1 234", "1.2.3", "12E5", "+8613800000000"),
        *("1.5e999", "0.1234567890123456789012", "12345678901234567.8"),
    ],
)
def test_what_is_no_number_or_would_lose_digits_stays_text(text):
    assert texts.number(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-05-06", at("2024-05-06")),
        ("2024/5/6", at("2024-05-06")),
        ("2024.5.6", at("2024-05-06")),
        ("2024年5月6日", at("2024-05-06")),
        ("2024-05-06T07:08:09", at("2024-05-06 07:08:09")),
        ("2024-05-06 07:08", at("2024-05-06 07:08")),
        ("2024-05-06 07:08:09.25", at("2024-05-06 07:08:09.25")),
    ],
)
def test_a_date_is_recognised(text, value):
    assert texts.moment(text) == value


@pytest.mark.parametrize(
    "text",
    ["2024-13-01", "2024-02-30", "2024-5/6", "6/5/2024", "2024-05", "20240506"],
)
def test_what_is_no_certain_date_stays_text(text):
    assert texts.moment(text) is None


def test_full_width_digits_and_spaces_are_read():
    assert texts.plain("　１２，３４５．６％ ") == "12,345.6%"


def test_a_time_needs_its_seconds():
    assert texts.clock("08:30:15") == time(8, 30, 15)
    assert texts.clock("08:30") is None
    assert texts.clock("25:00:00") is None
