"""Small rules: addresses as they are stored, waits as servers wish them."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.platform.http.conftest import NOON
from tocsin.platform.http import FailureKind, HttpFailure, readable_address, tidy_url
from tocsin.platform.http.backoff import jittered, read_retry_after
from tocsin.platform.http.targets import read_target


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("www.githubstatus.com", "https://www.githubstatus.com"),
        ("  HTTPS://Status.Example.COM/a#now ", "https://status.example.com/a"),
        ("http://status.example.com:80/", "http://status.example.com/"),
        ("https://status.example.com:8443/x?y=1", "https://status.example.com:8443/x?y=1"),
    ],
)
def test_addresses_are_stored_tidily(written: str, stored: str) -> None:
    assert tidy_url(written) == stored


def test_a_stored_address_holds_no_password() -> None:
    with pytest.raises(HttpFailure, match="user name or password"):
        tidy_url("https://me:secret@status.example.com/")


def test_an_address_is_shown_without_its_secrets() -> None:
    assert readable_address("https://me:pw@a.example/x?y=1#z") == "https://a.example/x?y=1"


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_a_typed_refusal(text: str) -> None:
    refused: list[FailureKind] = []
    for read in (read_target, tidy_url):
        try:
            read(text)
        except HttpFailure as failure:
            refused.append(failure.kind)
    assert set(refused) <= {FailureKind.INVALID_URL}


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("120", 120),
        (" 0 ", 0),
        ("Fri, 20 Nov 2026 12:00:30 GMT", 30),
        ("Fri, 20 Nov 2026 11:00:00 GMT", 0),
        ("Fri, 20 Nov 2026 12:00:30 -0000", None),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_retry_after_is_read(header: str | None, seconds: float | None) -> None:
    assert read_retry_after(header, NOON) == seconds


@given(st.text(max_size=40))
def test_any_retry_after_is_a_wait_or_nothing(header: str) -> None:
    wait = read_retry_after(header, NOON)
    assert wait is None or wait >= 0


@given(st.integers())
def test_waits_grow_with_jitter_and_stay_bounded(seed: int) -> None:
    random, wait = Random(seed), 0.0
    for _ in range(10):
        previous, wait = wait, jittered(wait, random)
        assert 0.25 <= wait <= min(5.0, max(previous, 0.25) * 3)
