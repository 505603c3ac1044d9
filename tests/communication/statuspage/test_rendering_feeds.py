from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

from tests.communication.statuspage.page_samples import NOW, at, bad_day, empty_page, page, update
from tocsin.communication.statuspage.rendering import PageView, PublicPhase, render_page

ATOM = "{http://www.w3.org/2005/Atom}"


def rss(view: PageView) -> ET.Element:
    channel = ET.fromstring(render_page(view, now=NOW)["feed.rss"].body).find("channel")
    assert channel is not None
    return channel


def atom(view: PageView) -> ET.Element:
    return ET.fromstring(render_page(view, now=NOW)["feed.atom"].body)


def texts(root: ET.Element, path: str) -> list[str]:
    return [found.text or "" for found in root.findall(path)]


def test_both_feeds_carry_every_update_newest_first():
    titles = [
        "Identified: Some card payments in Europe fail",
        "Investigating: Some card payments in Europe fail",
        "Resolved: Late webhooks",
        "Investigating: Late webhooks",
        "Resolved: Late webhooks",
        "Investigating: Late webhooks",
        "Resolved: Cards failed everywhere",
        "Investigating: Cards failed everywhere",
    ]
    assert texts(rss(bad_day()), "item/title") == titles
    assert texts(atom(bad_day()), f"{ATOM}entry/{ATOM}title") == titles


def test_entries_are_dated_as_their_updates():
    first = rss(bad_day()).findtext("item/pubDate") or ""
    assert parsedate_to_datetime(first) == at(9, 14)
    assert first.endswith("GMT")
    assert atom(bad_day()).findtext(f"{ATOM}entry/{ATOM}updated") == "2026-11-21T09:14:00Z"


def test_a_backfilled_update_stands_at_its_own_date():
    incident = bad_day().incidents[0]
    late_entry = update("u0", PublicPhase.INVESTIGATING, "Noticed by our checks.", at(8, 52))
    view = page(incidents=(replace(incident, updates=(*incident.updates, late_entry)),))
    assert texts(rss(view), "item/guid")[-1].endswith("#u-u0")
    assert parsedate_to_datetime(texts(rss(view), "item/pubDate")[-1]) == at(8, 52)


def test_rss_has_what_the_standard_asks_of_a_channel():
    channel = rss(bad_day())
    assert channel.findtext("title") == "Larkfield Pay status"
    assert channel.findtext("link") == "https://larkfield.example/status/main"
    assert channel.findtext("description")
    link = channel.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == "https://larkfield.example/status/main/feed.rss"
    guids = texts(channel, "item/guid")
    assert len(set(guids)) == len(guids) == 8
    assert guids == texts(channel, "item/link")


def test_atom_has_what_rfc_4287_asks_of_a_feed_and_its_entries():
    feed = atom(bad_day())
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}id") == "https://larkfield.example/status/main/feed.atom"
    assert feed.findtext(f"{ATOM}updated") == "2026-11-21T09:14:00Z"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Larkfield Pay"
    assert {link.get("rel") for link in feed.findall(f"{ATOM}link")} == {"self", "alternate"}
    for entry in feed.findall(f"{ATOM}entry"):
        for name in ("id", "title", "updated", "content"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1
        content = entry.find(f"{ATOM}content")
        assert content is not None
        assert content.get("type") == "html"


def test_an_empty_page_has_valid_feeds_dated_now():
    assert rss(empty_page()).findall("item") == []
    updated = atom(empty_page()).findtext(f"{ATOM}updated") or ""
    assert datetime.fromisoformat(updated) == NOW.astimezone(UTC)


def test_markup_and_control_characters_in_texts_leave_the_feeds_well_formed():
    nasty = replace(
        bad_day().incidents[0],
        title='"<b>]]>&\x00\x0b\ufffe\x1b café 🚨',
        updates=(update("u1", PublicPhase.IDENTIFIED, "a &lt;b&gt; \x08 ]]&gt;", at(9, 0)),),
    )
    view = page(incidents=(nasty,))
    assert texts(rss(view), "item/title") == ['Identified: "<b>]]>& café 🚨']
    assert texts(atom(view), f"{ATOM}entry/{ATOM}content") == ["<p>a &lt;b&gt;  ]]&gt;</p>"]
