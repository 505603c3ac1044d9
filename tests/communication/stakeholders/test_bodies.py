"""News in Block Kit stays within Slack's limits and never speaks Slack's own language."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.communication.stakeholders.blocks import escape
from tocsin.communication.stakeholders.bodies import body_for
from tocsin.communication.stakeholders.model import ChannelKind
from tocsin.communication.stakeholders.news import News
from tocsin.platform.letters import Button

AT = datetime(2026, 3, 3, 12, tzinfo=UTC)


def news(headline: str, sentence: str) -> News:
    return News(
        kind="alert.raised",
        at=AT,
        thread="service:github",
        headline=headline,
        sentence=sentence,
        button=Button("Open", "https://status.example.org/alerts/1"),
        facts=(("Since", "now"),),
    )


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@given(st.text(), st.integers(min_value=5, max_value=40))
def test_escaped_text_fits_and_holds_no_control_character(text: str, most: int):
    written = escape(text, most)
    assert len(written) <= most
    assert not {"<", ">"} & set(written)
    if len(written) < most and not written.endswith("…"):
        assert unescape(written) == text


@pytest.mark.parametrize("text", ["&lt;", "a & b", "<!channel>", "<https://x|y>", "&amp;amp;"])
def test_what_is_escaped_reads_as_it_was_written(text: str):
    assert unescape(escape(text, 100)) == text


def test_a_long_story_is_cut_to_what_slack_takes():
    content = body_for(ChannelKind.SLACK, news("<" * 500, "&" * 5000)).content
    header, section, _, _ = content["blocks"]
    assert len(header["text"]["text"]) <= 150
    assert len(section["text"]["text"]) <= 3000
    assert len(content["text"]) <= 3000


def test_an_update_without_text_still_makes_a_message_that_slack_takes():
    content = body_for(ChannelKind.SLACK, news("Resolved: Pushes fail", "")).content
    assert content["blocks"][1]["text"]["text"] == "Resolved: Pushes fail"


def test_a_webhook_event_has_type_timestamp_and_data():
    content = body_for(ChannelKind.WEBHOOK, news("x", "y")).content
    assert content == {"type": "alert.raised", "timestamp": "2026-03-03T12:00:00Z", "data": {}}
