"""Azure's feed, and any status page's feed: what an entry means."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web

from tests.adapters.feeds.feeds_xml import atom, atom_entry, dated, item, rdf, rss, updates
from tests.platform.http.conftest import Serve
from tocsin.adapters.feeds.azure import AzureKind, AzureSource
from tocsin.adapters.feeds.rss import RssKind, RssSource
from tocsin.detection.signals.ports import (
    NO_VALIDATORS,
    MaintenanceStatus,
    PollFailure,
    PollFailureKind,
    Probe,
    Reading,
    SourceSpec,
    spec_of,
)
from tocsin.kernel.status import Status
from tocsin.platform.http import OutgoingClient

AZURE, RSS = AzureKind(), RssKind()
UP, SLOW = Status.OPERATIONAL, Status.DEGRADED
LOW = "(read from a news feed, low confidence)"


def read(kind: AzureKind | RssKind, body: bytes, *components: str) -> Reading:
    reading = kind.parse(body, SourceSpec(kind.kind, None, components))
    assert isinstance(reading, Reading), reading
    return reading


def told(body: str, title: str = "API is slow", *categories: str) -> Reading:
    return read(RSS, rss(item(title, body, "", *categories)))


def test_the_recorded_empty_feed_of_azure_is_operational(vendor_feeds: Path) -> None:
    body = (vendor_feeds / "azure-rss" / "feed-empty.xml").read_bytes()
    assert read(AZURE, body).status is UP
    assert read(AZURE, body, "West Europe").components[0].status is UP
    later = body.replace(b"07 Aug 2026 04", b"08 Aug 2026 05")
    assert later != body
    assert read(AZURE, body).signature == read(AZURE, later).signature


def test_an_entry_of_azure_is_open_trouble(vendor_feeds: Path) -> None:
    empty = (vendor_feeds / "azure-rss" / "feed-empty.xml").read_bytes()
    entry = item("Azure Front Door - Global", "Investigating", "Fri, 20 Nov 2026 10:00:00 Z")
    reading = read(AZURE, empty.replace(b"</channel>", entry.encode() + b"</channel>"))
    assert (reading.status, reading.detail) == (SLOW, "Azure Front Door - Global")
    assert reading.incidents[0].started_at == datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Front Door", SLOW),
        ("west europe", SLOW),
        ("Storage", SLOW),
        ("door", SLOW),
        ("Fron", UP),
        ("Cosmos DB", UP),
    ],
)
def test_words_limit_which_entries_of_azure_count(word: str, status: Status) -> None:
    entry = item("Azure Front Door", "In <b>West  Europe</b>", "", "Storage")
    reading = read(AZURE, rss(entry), word)
    assert (reading.status, reading.missing) == (status, ())
    assert [(one.name, one.status) for one in reading.components] == [(word, status)]


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("Virtual Machines - UK South - Service unavailable", SLOW),
        ("[RESOLVED] Storage - East US", UP),
        ("(Mitigated) Storage - East US", UP),
        ("RESOLVED - Storage - East US", UP),
        ("Storage - East US - Mitigated", UP),
        ("Storage – East US – Resolved.", UP),
        ("Storage - East US - [Resolved]", UP),
        ("Preliminary Post Incident Review (PIR) – Azure Front Door – Outage", UP),
        ("Final-PIR – Storage – East US", UP),
        ("Storage - East US - Not resolved", SLOW),
        ("Storage - East US - Unresolved", SLOW),
        ("Storage - East US - Partially mitigated", SLOW),
        ("Resolved in North Europe. Impact continues in West Europe", SLOW),
        ("Mitigation under way - Storage", SLOW),
        ("Unresolved: Storage", SLOW),
    ],
)
def test_only_a_title_that_says_nothing_else_ends_an_entry_of_azure(
    title: str, status: Status
) -> None:
    assert read(AZURE, rss(item(title, "The issue is resolved."))).status is status


def test_the_feed_of_azures_page_is_asked_where_the_page_says_it_lies() -> None:
    spec = SourceSpec("azure")
    home = "https://azure.status.microsoft/de-de/status"
    feed = "https://rssfeed.azure.status.microsoft/de-de/status/feed/"
    assert AZURE.feed_address(home, spec) == feed
    assert AZURE.found_at(home, feed) == home
    assert AZURE.normalise(feed) == home
    assert AZURE.feed_address("https://a.example/status", spec) == "https://a.example/status/feed/"


@pytest.mark.parametrize("kind", [AZURE, RSS])
@pytest.mark.parametrize(
    ("body", "failure"),
    [
        (b"", PollFailureKind.EMPTY),
        (b"<html><body>sorry</body></html>", PollFailureKind.HTML),
        (b"{}", PollFailureKind.SCHEMA),
        (b"<opml/>", PollFailureKind.SCHEMA),
        (b"<rss><channel><entry/></channel></rss>", PollFailureKind.SCHEMA),
        (rss(item("x"))[:-3], PollFailureKind.SCHEMA),
        (b"<rss><channel>&nbsp;</channel></rss>", PollFailureKind.SCHEMA),
    ],
)
def test_wrong_content_is_a_failure(
    kind: AzureKind | RssKind, body: bytes, failure: PollFailureKind
) -> None:
    outcome = kind.parse(body, SourceSpec(kind.kind))
    assert isinstance(outcome, PollFailure)
    assert outcome.kind is failure


def test_the_recorded_history_is_all_over(vendor_feeds: Path) -> None:
    body = (vendor_feeds / "github-atom" / "history.atom").read_bytes()
    reading = read(RSS, body)
    assert (reading.status, reading.incidents) == (UP, ())
    assert reading.detail.endswith(LOW)


@pytest.mark.parametrize("word", ["Investigating", "Monitoring", "Update", "Identified"])
def test_a_recorded_entry_whose_newest_update_is_another_is_open(
    vendor_feeds: Path, word: str
) -> None:
    body = (vendor_feeds / "github-atom" / "history.atom").read_bytes()
    reopened = body.replace(b"&lt;strong&gt;Resolved&lt;", f"&lt;strong&gt;{word}&lt;".encode(), 1)
    reading = read(RSS, reopened)
    assert reading.status is SLOW
    assert reading.detail == f"Intermittent failures creating agent tasks {LOW}"
    assert [one.status for one in reading.incidents] == [word.lower()]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (updates("Resolved", "Monitoring", "Investigating"), UP),
        (updates("RESOLVED", "Investigating"), UP),
        (updates("Completed", "In progress", "Scheduled"), UP),
        (updates("Operational", "Degraded performance"), UP),
        (updates("Postmortem", "Resolved"), UP),
        (updates("Update", "Resolved", "Investigating"), SLOW),
        (updates("Investigating", "Resolved"), SLOW),
        (updates("Monitoring"), SLOW),
        (dated(("Nov 20, 09:00", "Investigating"), ("Nov 20, 11:00", "Resolved")), UP),
        (dated(("Nov 20, 11:00", "Investigating"), ("Nov 20, 09:00", "Resolved")), SLOW),
        (dated(("Dec 31, 23:00", "Investigating"), ("Jan 01, 01:00", "Resolved")), UP),
        (dated(("Jan 01, 01:00", "Investigating"), ("Dec 31, 23:00", "Resolved")), SLOW),
        ("<b>Status: Resolved</b><br>All is well", UP),
        ("<b>Status: Monitoring</b><br>All is nearly well", SLOW),
        ("Resolved - All is well", UP),
        ("<p>Resolved: all is well</p><p>Investigating: it is not</p>", UP),
        ("<p>Investigating: it is not</p><p>Resolved: all is well</p>", SLOW),
        ("&lt;strong&gt;Resolved&lt;/strong&gt; - twice escaped", UP),
        ("We hope that it will be resolved soon", SLOW),
        ("", SLOW),
    ],
    ids=range(20),
)
def test_the_newest_word_of_an_entry_is_its_state(body: str, status: Status) -> None:
    assert told(body).status is status


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("[RESOLVED] Increased errors", UP),
        ("Resolved: increased errors", UP),
        ("Increased errors - Resolved", UP),
        ("Service is operating normally: errors are gone", UP),
        ("Informational message: increased errors", SLOW),
        ("Resolved issues come back", SLOW),
        ("[Investigating] Increased errors", SLOW),
    ],
)
def test_a_title_may_say_it_too(title: str, status: Status) -> None:
    assert told("Some words.", title).status is status


@pytest.mark.parametrize(
    ("body", "title", "status"),
    [
        (updates("Scheduled"), "Database work", MaintenanceStatus.SCHEDULED),
        (updates("In progress", "Scheduled"), "Database work", MaintenanceStatus.IN_PROGRESS),
        (updates("Verifying", "In progress"), "Database work", MaintenanceStatus.IN_PROGRESS),
        (updates("Update", "In progress"), "Database work", MaintenanceStatus.IN_PROGRESS),
        ("<b>THIS IS A SCHEDULED EVENT Nov 20</b>", "Work", MaintenanceStatus.SCHEDULED),
        ("We will be away.", "Scheduled maintenance", MaintenanceStatus.SCHEDULED),
    ],
)
def test_maintenance_is_a_flag_and_never_trouble(
    body: str, title: str, status: MaintenanceStatus
) -> None:
    reading = told(body, title)
    assert (reading.status, reading.incidents) == (UP, ())
    assert [one.status for one in reading.maintenances] == [status]
    assert reading.maintenance is (status is MaintenanceStatus.IN_PROGRESS)


def test_trouble_after_a_maintenance_is_trouble() -> None:
    reading = told(updates("Investigating"), "Errors after maintenance")
    assert (reading.status, reading.maintenances) == (SLOW, ())
    assert told(updates("Completed", "In progress"), "Maintenance").maintenances == ()


def test_all_three_families_of_feeds_say_the_same() -> None:
    escaped = "&lt;strong&gt;Update&lt;/strong&gt; - x"
    plain = f"<item><title>One</title><description>{escaped}</description></item>"
    for body in (rss(plain), rdf(plain), atom(atom_entry("One", escaped))):
        assert read(RSS, body).detail == f"One {LOW}"
        assert read(RSS, body).status is SLOW


def test_words_limit_which_entries_count() -> None:
    body = rss(item("API errors", updates("Update")), item("Rapid Scheduled", updates("Scheduled")))
    assert read(RSS, body, "Mail").status is UP
    assert read(RSS, body, "Mail").maintenances == ()
    assert len(read(RSS, body, "rapid").maintenances) == 1
    reading = read(RSS, body, "API", "Mail")
    assert [(one.name, one.status) for one in reading.components] == [("API", SLOW), ("Mail", UP)]
    assert reading.incidents[0].component_ids == ("API",)


def test_a_word_of_nothing_but_blanks_is_never_said() -> None:
    reading = read(RSS, rss(item("API errors", updates("Update"))), "\x1c")
    assert (reading.status, reading.incidents) == (UP, ())


def test_when_the_feed_was_built_is_no_change() -> None:
    entry = item("API errors", updates("Update"))
    one, other = rss(entry), rss(entry, built="Sat, 21 Nov 2026 10:00:00 GMT")
    assert read(RSS, one).signature == read(RSS, other).signature
    moved = atom(atom_entry("One", "x")).replace(
        b"<updated>2026-11-20T11", b"<updated>2026-11-21T1"
    )
    assert read(RSS, moved).signature == read(RSS, atom(atom_entry("One", "x"))).signature


def test_the_wire_forms_become_specifications() -> None:
    assert spec_of(AzureSource()) == SourceSpec(
        "azure", "https://azure.status.microsoft/en-us/status"
    )
    source = RssSource(url="status.example.com/history.rss?x=1", components=("API",))
    assert spec_of(source) == SourceSpec(
        "rss", "https://status.example.com/history.rss?x=1", ("API",)
    )


@pytest.mark.parametrize(
    "written",
    [
        "azure.status.microsoft",
        "https://azure.status.microsoft/en-us/status/feed/",
        "https://azure.status.microsoft/en-us/status/history/?trackingId=1",
    ],
)
def test_any_address_on_azures_page_becomes_the_pages(written: str) -> None:
    assert AZURE.normalise(written) == "https://azure.status.microsoft/en-us/status"


async def test_the_feeds_are_asked_where_they_lie(client: OutgoingClient, serve: Serve) -> None:
    seen: list[str] = []

    async def page(asked: web.Request) -> web.Response:
        seen.append(asked.path_qs)
        assert "rss" in asked.headers["Accept"]
        return web.Response(body=rss(), content_type="text/html")

    server = await serve(page)
    for kind, path in ((AZURE, "/en-us/status"), (RSS, "/history.rss?x=1")):
        spec = SourceSpec(kind.kind, str(server.make_url(path)))
        outcome, _ = await kind.poll(spec, client, NO_VALIDATORS)
        assert isinstance(outcome, Reading)
        probe = await kind.probe(spec, client)
        assert isinstance(probe, Probe)
        assert probe.url == spec.url
    assert seen == ["/en-us/status/feed/"] * 2 + ["/history.rss?x=1"] * 2
