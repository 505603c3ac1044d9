"""Burning error budgets are told as alerts are: by tier, once, in one sentence."""

from typing import Any

import pytest

from tests.communication.stakeholders.booth import SLACK_URL, Booth
from tocsin.communication.stakeholders import ChannelKind, Receives
from tocsin.detection.objectives import burn_sentence
from tocsin.detection.objectives.words import spoken
from tocsin.kernel.facts import Fact, subject_of

SLACK, _, WEBHOOK = ChannelKind
SAID: dict[str, Any] = {
    "service_id": "github",
    "tier": 1,
    "pair": "1h/5m",
    "severity": "page",
    "threshold": 14.4,
    "burn_long": 16.6667,
    "burn_short": 200.0,
    "since": "2026-03-03T12:00:00+00:00",
    "target_percent": 99.9,
    "budget_left": 35.19,
    "exhausted_in_seconds": 15_200,
    "sends": True,
}


def burn(kind: str = "burn_began", **more: Any) -> Fact:
    return Fact(f"objective.{kind}", subject_of("service", "github"), {**SAID, **more})


async def test_a_burn_is_told_as_an_alert_and_so_is_its_end(booth: Booth):
    await booth.add(SLACK, SLACK_URL, Receives.ALERTS, name="#ops")
    await booth.record(burn())
    (message,) = booth.taken("slack")
    header, section, *_ = message.content["blocks"]
    assert header["text"]["text"] == "◆ Error budget burns fast: GitHub"
    assert section["text"]["text"] == (
        "GitHub burns its error budget 16.7 times too fast: 35 % left, gone in 4 h."
    )
    await booth.record(burn("burn_ended", how="calm", lasted_seconds=3900))
    _, message = booth.taken("slack")
    header, section, *_ = message.content["blocks"]
    assert header["text"]["text"] == "● Over: Error budget burns fast: GitHub"
    assert (
        "no longer burns its error budget too fast: 35 % of it is left."
        in (section["text"]["text"])
    )


@pytest.mark.parametrize(
    "channel", [{"tiers": (2, 3)}, {"receives": Receives.UPDATES}], ids=["tiers", "words"]
)
async def test_who_follows_other_tiers_or_words_hears_nothing(
    booth: Booth, channel: dict[str, Any]
):
    heard = {"receives": Receives.ALERTS, **channel}
    await booth.add(SLACK, SLACK_URL, heard.pop("receives"), **heard)
    await booth.record(burn())
    assert booth.taken("slack") == []


async def test_a_webhook_may_ask_for_the_burn_itself(booth: Booth):
    await booth.add(SLACK, SLACK_URL, Receives.ALERTS)
    await booth.add(WEBHOOK, "https://hook.example.org/x", events=("objective.burn_began",))
    await booth.record(burn(pair="6h/30m"))
    assert len(booth.taken("slack")) == 1
    (message,) = booth.taken("webhook")
    assert message.content["type"] == "objective.burn_began"
    assert message.content["data"]["pair"] == "6h/30m"
    assert message.content["data"]["service"] == {"id": "github", "name": "GitHub", "tier": 1}


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (
            {"exhausted_in_seconds": None},
            "X burns its error budget 16.7 times too fast: 35 % left.",
        ),
        (
            {"budget_left": -38.89, "exhausted_in_seconds": 0},
            (
                "X burns its error budget 16.7 times too fast: nothing is left, "
                "39 % more than there was is spent."
            ),
        ),
        (
            {"burn_long": 1000, "budget_left": 0.4, "exhausted_in_seconds": 50},
            "X burns its error budget 1000 times too fast: less than 1 % left, gone in 50 s.",
        ),
    ],
)
def test_a_burn_is_one_sentence(more: dict[str, Any], sentence: str):
    assert burn_sentence("X", {**SAID, **more}, began=True) == sentence


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("calm", "X no longer burns its error budget too fast: 35 % of it is left."),
        ("archived", "X was archived; nobody watches its error budget any more."),
        ("switched_off", "Nobody watches the error budget of X any more."),
    ],
)
def test_a_burn_ends_for_a_reason(how: str, sentence: str):
    assert burn_sentence("X", {**SAID, "how": how}, began=False) == sentence


def test_lengths_of_time_are_said_in_their_largest_unit():
    said = [spoken(seconds) for seconds in (59, 60, 3_599, 3_600, 86_399, 86_400, 200_000)]
    assert said == ["59 s", "1 min", "59 min", "1 h", "23 h", "1 d", "2 d"]
