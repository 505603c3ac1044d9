"""Slack's people take alerts with a button and ask how things are."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from tests.communication.stakeholders.booth import (
    PUBLIC_URL,
    SECRETS,
    SLACK_URL,
    Booth,
    open_booth,
)
from tocsin.communication import stakeholders
from tocsin.communication.stakeholders import ChannelKind, ClickAnswer, Receives
from tocsin.detection import alerts
from tocsin.kernel.facts import Visibility
from tocsin.kernel.status import Status
from tocsin.registry import catalog
from tocsin.registry.catalog import Category, ServiceChange, ServiceDraft

RESPONSE_URL = "https://hooks.slack.com/actions/T1/1/x"


@pytest.fixture
async def chat(database_url: str) -> AsyncIterator[Booth]:
    async with open_booth(database_url, slack_acknowledges=True) as opened:
        await opened.add(ChannelKind.SLACK, SLACK_URL, Receives.ALERTS)
        yield opened


def buttons(content: Any) -> list[Any]:
    return [one for one in content["blocks"][-1]["elements"] if "value" in one]


async def clicks(booth: Booth, value: str, user: str = "U1", url: str | None = RESPONSE_URL):
    found = await booth.shop.house.write(
        stakeholders.acknowledge_from_slack, ClickAnswer(value, user, url), PUBLIC_URL, SECRETS
    )
    await booth.shop.settle()
    return found


def notes(content: Any) -> list[str]:
    return [one["elements"][0]["text"] for one in content["blocks"] if one["type"] == "context"]


async def test_an_alert_carries_the_button_only_where_slack_may_acknowledge(booth: Booth):
    await booth.add(ChannelKind.SLACK, SLACK_URL, Receives.ALERTS)
    await booth.confirms("github", Status.MAJOR_OUTAGE)
    assert buttons(booth.taken("slack")[0].content) == []


async def test_a_click_takes_the_alert_and_the_message_says_who(chat: Booth):
    await chat.confirms("github", Status.MAJOR_OUTAGE)
    (button,) = buttons(chat.taken("slack")[0].content)
    assert (button["action_id"], button["type"]) == ("ack", "button")
    content = await clicks(chat, button["value"])
    assert content["replace_original"] is True
    assert notes(content) == ["Acknowledged by <@U1> at 2026-03-03 12:00 UTC."]
    assert buttons(content) == []
    assert content["blocks"][0]["text"]["text"] == "⬣ Major outage: GitHub"
    (found,) = await chat.shop.desk.read(alerts.alerts_of, "github")
    assert found.state is alerts.AlertState.ACKNOWLEDGED
    (fact,) = await chat.shop.facts("alert.acknowledged")
    assert str(fact.actor) == "visitor:slack:U1"


async def test_the_message_is_replaced_where_slack_says(chat: Booth):
    await chat.confirms("github", Status.MAJOR_OUTAGE)
    (button,) = buttons(chat.taken("slack")[0].content)
    content = await clicks(chat, button["value"])
    sent = chat.taken("slack")[-1]
    assert sent.content == content
    assert chat.leads_to(sent).url == RESPONSE_URL
    assert sent.recipient.address == "hooks.slack.com"
    (fact,) = await chat.shop.facts("alert.acknowledged")
    assert (await chat.sent())[-1].cause == fact.id


async def test_a_second_click_says_who_was_first(chat: Booth):
    await chat.confirms("github", Status.MAJOR_OUTAGE)
    (button,) = buttons(chat.taken("slack")[0].content)
    await clicks(chat, button["value"])
    chat.shop.clock.move(timedelta(minutes=5))
    content = await clicks(chat, button["value"], "U2")
    assert notes(content) == [
        "Acknowledged by <@U1> at 2026-03-03 12:00 UTC. They were first, before <@U2>."
    ]
    assert len(await chat.shop.facts("alert.acknowledged")) == 1


async def test_who_acknowledged_in_the_console_is_named(chat: Booth):
    await chat.confirms("github", Status.MAJOR_OUTAGE)
    (found,) = await chat.shop.desk.read(alerts.alerts_of, "github")
    await chat.front.person("robin@example.org", "responder", name="Robin <b>")
    people = await chat.front.logged_in("robin@example.org")
    await people.post(f"/alerts/{found.id}/acknowledge")
    content = await clicks(chat, found.id.hex)
    assert notes(content)[0].startswith("Acknowledged by Robin &lt;b&gt; at")


async def test_an_alert_that_is_over_or_unknown_leaves_the_message_as_it_is(chat: Booth):
    await chat.confirms("github", Status.MAJOR_OUTAGE)
    (button,) = buttons(chat.taken("slack")[0].content)
    await chat.recovers("github")
    over = await clicks(chat, button["value"])
    assert (over["replace_original"], over["response_type"]) == (False, "ephemeral")
    assert "resolved" in over["text"]
    for value in ("", "x", "0" * 32):
        unknown = await clicks(chat, value)
        assert unknown["text"] == "There is no such alert any more."
    assert await chat.shop.facts("alert.acknowledged") == []


async def test_an_acknowledged_alert_that_worsens_has_no_button(chat: Booth):
    await chat.confirms("github", Status.DEGRADED)
    (button,) = buttons(chat.taken("slack")[0].content)
    await clicks(chat, button["value"])
    await chat.confirms("github", Status.MAJOR_OUTAGE)
    assert buttons(chat.taken("slack")[-1].content) == []


async def asks(booth: Booth, text: str = "") -> Any:
    return await booth.shop.house.read(stakeholders.tell_status, text, PUBLIC_URL)


async def test_status_of_everything_is_a_sentence_and_what_is_worst(chat: Booth):
    said = await asks(chat)
    assert said["response_type"] == "ephemeral"
    assert said["blocks"][0]["text"]["text"] == "No service has given an answer yet."
    assert "○ GitHub: unknown" in said["blocks"][1]["text"]["text"]
    assert said["blocks"][-1]["elements"][0]["url"] == f"{PUBLIC_URL}/board"


async def test_a_service_is_found_by_id_name_or_part_of_it(chat: Booth):
    for text in ("github", "GitHub", "GITHUB", "gith"):
        said = await asks(chat, text)
        assert said["blocks"][0]["text"]["text"] == "○ GitHub: unknown", text
        assert said["blocks"][-1]["elements"][0]["url"] == f"{PUBLIC_URL}/services/github"
    both = await asks(chat, "o")
    assert "○ Zoom" in both["text"]
    nobody = await asks(chat, "<!here>")
    assert nobody["blocks"][0]["text"]["text"] == "No service is called “&lt;!here&gt;”."
    assert "/itstatus help" in nobody["text"]
    assert "/itstatus github" in (await asks(chat, "help"))["text"]


async def test_slack_hears_no_more_than_strangers_may_know(chat: Booth):
    hidden = ServiceChange(visibility=Visibility.INTERNAL)
    await chat.shop.desk.write(catalog.edit_service, "github", hidden)
    assert "GitHub" not in str(await asks(chat))
    assert "No service is called" in str(await asks(chat, "github"))


async def test_a_long_list_is_cut_and_says_how_much_is_left(chat: Booth):
    for number in range(12):
        draft = ServiceDraft(f"s{number}", f"S{number}", Category.HR, {"kind": "manual"})
        await chat.shop.house.write(catalog.declare_service, draft)
    said = await asks(chat)
    assert said["blocks"][1]["text"]["text"].count("○") == 10
    assert said["blocks"][2]["elements"][0]["text"] == "and 4 more"
