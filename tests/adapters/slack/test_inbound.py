"""Slack's requests: signed within five minutes, read strictly, whoever else writes is turned away."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from slack_sdk.signature import SignatureVerifier

from tocsin.adapters.slack import NotSlack, is_signed, read_click, read_command
from tocsin.adapters.slack.inbound import is_certificate_check

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
BUTTON = {"action_id": "ack", "value": "0190", "type": "button"}


def click(**more: Any) -> bytes:
    payload = {
        "type": "block_actions",
        "user": {"id": "U1", "username": "robin"},
        "actions": [BUTTON],
        "response_url": "https://hooks.slack.com/actions/T1/1/x",
        **more,
    }
    return urlencode({"payload": json.dumps(payload)}).encode()


def signed(body: bytes, at: datetime = NOW, secret: str = SECRET) -> tuple[str, str]:
    timestamp = str(int(at.timestamp()))
    made = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body)
    assert made is not None
    return timestamp, made


def test_what_slacks_own_library_signs_is_believed():
    body = click()
    assert is_signed(SECRET, body, *signed(body), NOW)


def test_the_example_of_slacks_documentation_is_believed():
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    at = datetime.fromtimestamp(1531420618, UTC)
    assert is_signed(SECRET, body, "1531420618", signature, at)


@pytest.mark.parametrize("seconds", [-301, 301, 86_400])
def test_an_old_or_future_request_is_not_believed(seconds: int):
    body = click()
    assert not is_signed(SECRET, body, *signed(body, NOW + timedelta(seconds=seconds)), NOW)


@pytest.mark.parametrize("seconds", [-300, 300])
def test_five_minutes_are_within_the_tolerance(seconds: int):
    body = click()
    assert is_signed(SECRET, body, *signed(body, NOW + timedelta(seconds=seconds)), NOW)


def test_another_body_secret_or_scheme_is_not_believed():
    body = click()
    timestamp, signature = signed(body)
    assert not is_signed(SECRET, body + b"&", timestamp, signature, NOW)
    assert not is_signed("another", body, timestamp, signature, NOW)
    assert not is_signed(SECRET, body, timestamp, signature.removeprefix("v0="), NOW)
    assert not is_signed(SECRET, body, timestamp, "", NOW)
    assert not is_signed(SECRET, body, timestamp, "v0=é", NOW)
    for stamp in ("", "soon", "١", "1" * 400, f" {timestamp}", f"-{timestamp}"):
        assert not is_signed(SECRET, body, stamp, signature, NOW)


def test_a_click_names_person_button_and_where_the_answer_goes():
    found = read_click(click())
    assert found is not None
    assert (found.user, found.action, found.value) == ("U1", "ack", "0190")
    assert found.response_url == "https://hooks.slack.com/actions/T1/1/x"


@pytest.mark.parametrize(
    "more",
    [
        {"type": "view_submission"},
        {"actions": []},
        {"actions": None},
        {"actions": [{"action_id": "open", "url": "https://x"}]},
        {"actions": ["ack"]},
    ],
)
def test_other_interactions_are_none_of_ours(more: dict[str, Any]):
    assert read_click(click(**more)) is None


def test_an_answer_goes_only_to_an_https_address():
    found = read_click(click(response_url="http://169.254.169.254/"))
    assert found is not None
    assert found.response_url is None


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"payload=",
        b"payload=%7B",
        b"payload=[]",
        b"payload=" + b"[" * 100_000,
        b"&".join(b"a=1" for _ in range(200)),
        click(user=None),
        click(user={"id": "<!channel>"}),
    ],
)
def test_what_is_no_click_is_refused(body: bytes):
    with pytest.raises(NotSlack):
        read_click(body)


def test_a_command_has_its_words_in_order():
    body = urlencode({"user_id": "U1", "command": "/itstatus", "text": "  git \n hub "}).encode()
    found = read_command(body)
    assert (found.user, found.command, found.text) == ("U1", "/itstatus", "git hub")
    with pytest.raises(NotSlack):
        read_command(b"text=x")
    assert is_certificate_check(b"ssl_check=1&token=x")
    assert not is_certificate_check(body)
