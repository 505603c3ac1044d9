"""Recorded outages, replayed: board, alert, incident, page, mail and chat tell the same story."""

import hmac
import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.adapters.email.sink import Letter
from tests.journeys.vendors import RANK, Outage, Snapshot, outages, snapshots, status_of
from tests.support.journey import CHAT, PUBLIC_URL, Journey, Vendor, journey
from tests.support.recordings import recordings

READER = "reader@example.net"
POLL = timedelta(seconds=60)
AFTER = timedelta(minutes=15)
SAID = "We see that requests fail and look into it."
FIXED = "Requests succeed again."


def sequences() -> list[str]:
    """The recorded sequences, by name; where there are none, one that skips."""
    folder = recordings()
    found = sorted((folder / "sequences").iterdir()) if folder else []
    return [one.name for one in found if one.is_dir()] or ["none"]


def services(vendor: Vendor) -> list[dict[str, Any]]:
    return [
        {
            "id": "vendor",
            "name": "The vendor",
            "category": "engineering",
            "tier": 1,
            "source": {"kind": "statuspage", "url": vendor.url},
        }
    ]


def stamp(at: datetime) -> str:
    """An instant as the API writes it."""
    return at.isoformat().replace("+00:00", "Z")


@dataclass(slots=True)
class Operator:
    """What the operator does as incidents come and services recover, and what they saw of it."""

    trip: Journey
    reported: list[str] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)

    async def look(self) -> None:
        """Look at what is open: report what is new, resolve what has recovered."""
        if self.reported == self.resolved and status_of(self.trip.vendor.page) == "operational":
            return  # all is well, and was
        for incident in (await self.trip.get("/incidents?open=true"))["items"]:
            if incident["id"] not in self.reported:
                await self._report(incident)
            elif incident["recovery_observed_at"] and incident["id"] not in self.resolved:
                await self._resolve(incident)

    async def _report(self, incident: dict[str, Any]) -> None:
        trip, reference = self.trip, incident["id"]
        assert incident["opened_at"] == stamp(trip.clock.now())
        await trip.log_in()
        board = await trip.service()
        assert board["status"] == board["confirmed_status"] == "major_outage"
        assert board["decisions"][0]["verdict"] == "confirmed"
        [alert] = [one for one in await trip.alerts() if one["state"] == "firing"]
        assert (alert["changed_at"], alert["status"]) == (stamp(trip.clock.now()), "major_outage")
        assert any(text.startswith("Major outage: The vendor") for text in trip.said_in_slack())
        update = {
            "phase": "investigating",
            "title": "Trouble at the vendor",
            "message": SAID,
            "public": True,
            "impacts": {"vendor": "major_outage"},
        }
        await trip.post(f"/incidents/{reference}/acknowledge")
        await trip.post(f"/incidents/{reference}/updates", update, status=201)
        self.reported.append(reference)
        await self._was_told(SAID)
        page = await trip.page()
        assert page["status"] == "major_outage"
        [shown] = page["incidents"]
        assert (shown["title"], shown["phase"]) == ("Trouble at the vendor", "investigating")
        assert page["components"][0]["status"] == "major_outage"

    async def _resolve(self, incident: dict[str, Any]) -> None:
        trip, reference = self.trip, incident["id"]
        assert incident["recovery_observed_at"] == stamp(trip.clock.now())
        whole = await trip.get(f"/incidents/{reference}")
        prepared = whole["prepared_resolution"]
        assert prepared["public_message"]
        assert "resolve" in whole["allowed"]
        assert len((await trip.page())["incidents"]) == 1
        taken = prepared | {"public_message": f"{prepared['public_message']} {FIXED}"}
        answer = await trip.post(f"/incidents/{reference}/resolve", taken)
        assert (answer["status"], answer["phase"]) == ("resolved", "resolved")
        self.resolved.append(reference)
        await self._was_told(FIXED)
        page = await trip.page()
        assert (page["status"], page["incidents"]) == ("operational", [])

    async def _was_told(self, words: str) -> None:
        """The page, the confirmed subscriber and the chat got these words; nobody else did."""
        trip = self.trip
        text = await trip.page_text()
        history = await trip.stranger.get("/status/main/history")
        assert words in text or words in history.text
        letter = trip.letters[-1]
        assert (letter.recipient, words in letter.text, words in letter.html) == (
            READER,
            True,
            True,
        )
        assert parsedate_to_datetime(letter.message["Date"]) == trip.clock.now().replace(
            microsecond=0
        )
        assert str(letter.message["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
        assert any(words in str(posted.json) for posted in trip.sink.posted if posted.path == CHAT)


async def subscribe(trip: Journey) -> None:
    """Follow the page by mail, as its form and the letter's link do."""
    form = await trip.stranger.post(
        "/status/main/subscribe", data={"email": READER}, headers={"Accept": "text/html"}
    )
    assert form.status_code == 202, form.text
    await trip.settle()
    [letter] = trip.letters
    assert letter.recipient == READER
    found = re.search(rf"{PUBLIC_URL}(/status/main/confirm/\S+)", letter.text)
    assert found is not None, letter.text
    confirmed = await trip.stranger.get(found[1])
    assert confirmed.status_code == 200, confirmed.text
    await trip.settle()


async def unsubscribe(trip: Journey, letter: Letter) -> None:
    """Leave with the mail program's one click."""
    link = str(letter.message["List-Unsubscribe"]).strip("<>")
    assert link.startswith(PUBLIC_URL)
    form = {"List-Unsubscribe": "One-Click"}
    assert (await trip.stranger.post(urlsplit(link).path, data=form)).status_code == 200
    subscribers = await trip.get("/status-pages/main/subscribers")
    assert [one for one in subscribers["items"] if one.get("state") == "active"] == []


async def replay(trip: Journey, recorded: Sequence[Snapshot], operator: Operator) -> None:
    """Serve one snapshot after the other; the house polls in between."""
    for number, snapshot in enumerate(recorded):
        trip.vendor.shows(snapshot.page)
        last = number + 1 == len(recorded)
        end = snapshot.at + AFTER if last else recorded[number + 1].at
        await trip.until(end, operator.look)
        if end - snapshot.at >= POLL:
            board = await trip.stranger.get("/api/services")
            [shown] = board.json()["items"]
            assert shown["status"] == status_of(snapshot.page)
            assert shown["detail"] is None
            assert (await trip.service())["poller_health"] == "ok"


@pytest.mark.parametrize("name", sequences())
async def test_a_recorded_outage_is_told_alike_everywhere(
    name: str, vendor_feeds: Path, database_url: str, tmp_path: Path
):
    folder = vendor_feeds / "sequences" / name
    if not folder.is_dir():
        pytest.skip("no recorded sequences in the folder that TOCSIN_VENDOR_FEEDS names")
    recorded = snapshots(folder)
    start = recorded[0].at
    async with journey(database_url, tmp_path, start, services, page=recorded[0].page) as trip:
        operator = Operator(trip)
        await trip.set_up()
        await trip.post("/status-pages/main/components", {"service_id": "vendor"}, status=201)
        await subscribe(trip)
        secret = await trip.hook()
        await replay(trip, recorded, operator)
        polls = trip.vendor.polls()
        gaps = [later.at - one.at for one, later in pairwise(polls[1:])]
        assert set(gaps) == {POLL}
        expected = outages([(one.at, status_of(one.body)) for one in polls])
        await the_alerts_are(trip, expected)
        await the_incidents_are(trip, operator, expected)
        await the_board_remembers(trip, [(one.at, status_of(one.body)) for one in polls])
        if operator.reported:
            await everybody_was_told_once(trip, operator)
            programs_were_told(trip, operator, secret)
            await unsubscribe(trip, trip.letters[-1])


async def the_alerts_are(trip: Journey, expected: Sequence[Outage]) -> None:
    """One alert per episode, at the instants that follow from the rules."""
    told = [(one["raised_at"], one["status"], one["resolved_at"]) for one in await trip.alerts()]
    assert told == [
        (
            stamp(one.raised_at),
            one.history[-1][1],
            stamp(one.over) if one.over else None,
        )
        for one in expected
    ]


async def the_incidents_are(trip: Journey, operator: Operator, expected: Sequence[Outage]) -> None:
    """A tier 1 service that is majorly out opens an incident; its story is in order."""
    major = [
        (one, next(at for at, status in one.history if status == "major_outage"))
        for one in expected
        if any(status == "major_outage" for _, status in one.history)
    ]
    found = await trip.incidents()
    assert [one["opened_at"] for one in found] == [stamp(at) for _, at in major]
    assert [one["id"] for one in found] == operator.reported
    for incident, (outage, _) in zip(found, major, strict=True):
        assert incident["severity"] == "critical"
        assert incident["resolved_at"] == (stamp(outage.over) if outage.over else None)
        story = (await trip.get(f"/incidents/{incident['id']}/timeline"))["items"]
        told = [one["recorded_at"] for one in story]
        assert told == sorted(told)
        kinds = [one["kind"] for one in story if one["kind"].startswith("incident.")]
        beginning = ["incident.opened", "incident.acknowledged", "incident.update_published"]
        ending = ["incident.recovery_observed", "incident.resolved", "incident.update_published"]
        assert kinds[:3] == beginning
        assert sorted(kinds[3:]) == (sorted(ending) if outage.over else [])
        assert "alert.raised" in [one["kind"] for one in story]
        if outage.over:
            assert incident["id"] in operator.resolved


async def the_board_remembers(trip: Journey, polls: Sequence[tuple[datetime, str]]) -> None:
    """Every change of the raw status is on the board's timeline, at its poll."""
    changes = [
        (stamp(at), before, after)
        for (_, before), (at, after) in pairwise([(polls[0][0], "unknown"), *polls])
        if before != after
    ]
    events = (await trip.get("/timeline?limit=200"))["items"]
    assert sorted((one["at"], one["before"], one["after"]) for one in events) == changes
    day = stamp(polls[0][0])[:10]
    days = (await trip.get("/services/uptime"))["items"][0]["days"]
    shown = {one["date"]: one["status"] for one in days}
    episodes = outages(polls)
    worst = max(
        (s for one in episodes for _, s in one.history), key=RANK.__getitem__, default="operational"
    )
    assert shown[day] == worst


async def everybody_was_told_once(trip: Journey, operator: Operator) -> None:
    """One letter per update beside the one that asked to confirm; all deliveries arrived."""
    updates = len(operator.reported) + len(operator.resolved)
    assert len(trip.letters) == 1 + updates
    assert len({str(one.message["Message-ID"]) for one in trip.letters}) == 1 + updates
    sent = (await trip.get("/deliveries?limit=200"))["items"]
    assert {one["state"] for one in sent} == {"sent"}
    assert len(sent) == len(trip.letters) + len(trip.sink.posted)
    texts = trip.said_in_slack()
    assert len(texts) == len(set(texts)) or len(operator.reported) > 1


def programs_were_told(trip: Journey, operator: Operator, secret: str) -> None:
    """The webhook got each fact once, under its own id, signed."""
    posted = trip.said_to_programs()
    ids = [one.headers["webhook-id"] for one in posted]
    assert len(set(ids)) == len(ids)
    for one in posted:
        headers = one.headers
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + one.raw
        key = b64decode(secret.removeprefix("whsec_"))
        signature = b64encode(hmac.digest(key, signed, "sha256")).decode()
        assert f"v1,{signature}" in headers["webhook-signature"].split()
    kinds = [one.json["type"] for one in posted]
    told = {kind: kinds.count(kind) for kind in kinds}
    assert told["incident.opened"] == len(operator.reported)
    assert told.get("incident.resolved", 0) == len(operator.resolved)
    assert told["incident.update_published"] == len(operator.reported) + len(operator.resolved)
