"""RSS, RDF and Atom become entries; what is no feed becomes a failure, whatever it is."""

import time
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

import pytest

from tests.adapters.feeds.feeds_xml import atom, atom_entry, item, rdf, rss
from tocsin.adapters.feeds.payload import ShapeFault
from tocsin.adapters.feeds.syndication import (
    Syndicated,
    decode_xml,
    feed_instant,
    read_syndicated,
)
from tocsin.detection.signals.ports import PollFailure, PollFailureKind

BOMB = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;">]><rss version="2.0"><channel><title>&c;</title></channel></rss>"""
OUTSIDE = b"""<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><title>&a;</title></channel></rss>"""


def read(body: bytes) -> Syndicated:
    root = decode_xml(body)
    assert isinstance(root, Element), root
    return read_syndicated(root)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", PollFailureKind.EMPTY),
        (b" \r\n\t", PollFailureKind.EMPTY),
        (b"\xef\xbb\xbf", PollFailureKind.EMPTY),
        (b"<!DOCTYPE html><html><body>sorry</body></html>", PollFailureKind.HTML),
        (b"<html><body><p>sorry<br></body></html>", PollFailureKind.HTML),
        (b'<?xml version="1.0"?><html xmlns="x"><p/></html>', PollFailureKind.HTML),
        (b"<!-- x --><HTML><p></HTML>", PollFailureKind.HTML),
        (b'{"status": "ok"}', PollFailureKind.SCHEMA),
        (b"sorry", PollFailureKind.SCHEMA),
        (rss(item("a"))[:-12], PollFailureKind.SCHEMA),
        (b'<?xml version="1.0" encoding="klingon"?><rss/>', PollFailureKind.SCHEMA),
        (b"\xff\xfe<\x00", PollFailureKind.SCHEMA),
        (bytes(range(256)) * 10, PollFailureKind.SCHEMA),
        (BOMB, PollFailureKind.SCHEMA),
        (OUTSIDE, PollFailureKind.SCHEMA),
    ],
    ids=range(15),
)
def test_what_is_no_xml_is_a_failure(body: bytes, kind: PollFailureKind) -> None:
    outcome = decode_xml(body)
    assert isinstance(outcome, PollFailure)
    assert outcome.kind is kind


@pytest.mark.parametrize(
    "body",
    [
        b"<rss/>",
        b"<rss><item/></rss>",
        b"<rss><channels><item/></channels></rss>",
        b"<channel><item/></channel>",
        b"<opml><body/></opml>",
        b"<urlset/>",
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
        rss(*["<item/>"] * 5_001),
    ],
    ids=range(8),
)
def test_xml_that_is_no_feed_is_a_shape_fault(body: bytes) -> None:
    with pytest.raises(ShapeFault):
        read(body)


def test_rss_is_read() -> None:
    feed = read(b"\n " + rss(item("Slow & sad", "<p>x</p>", "Fri, 20 Nov 2026 10:00:00 Z", "EU")))
    assert feed.title == "Example Status"
    (entry,) = feed.entries
    assert (entry.id, entry.title, entry.body) == ("Slow & sad-1", "Slow & sad", "<p>x</p>")
    assert entry.url == "https://status.example/10"
    assert entry.published_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert entry.categories == ("EU",)


def test_items_beside_the_channel_are_not_lost() -> None:
    body = rss().replace(b"</channel>", b"</channel>" + item("Outside").encode())
    assert [one.title for one in read(body).entries] == ["Outside"]


def test_rdf_is_read() -> None:
    date = '<dc:date xmlns:dc="http://purl.org/dc/elements/1.1/">2026-11-20T11:00+01:00</dc:date>'
    feed = read(rdf(f'<item rdf:about="https://a.example/1"><title>One</title>{date}</item>'))
    (entry,) = feed.entries
    assert (entry.id, entry.title) == ("https://a.example/1", "One")
    assert entry.published_at == datetime(2026, 11, 20, 10, tzinfo=UTC)


def test_atom_is_read_and_updated_is_no_publishing() -> None:
    (entry,) = read(atom(atom_entry("One", "&lt;b&gt;Resolved&lt;/b&gt;"))).entries
    assert (entry.id, entry.url) == ("tag:One", "https://status.example/1")
    assert entry.body == "<b>Resolved</b>"
    assert entry.published_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    bare = "<entry><id>1</id><title>One</title><updated>2026-11-20T11:00:00Z</updated></entry>"
    assert read(atom(bare)).entries[0].published_at is None


def test_bold_words_of_xhtml_stay_bold() -> None:
    content = '<div xmlns="http://www.w3.org/1999/xhtml"><strong>Resolved</strong> - fine</div>'
    (entry,) = read(atom(atom_entry("One", content, "xhtml"))).entries
    assert entry.body == "<b>Resolved</b> - fine"


def test_the_fullest_text_of_an_entry_is_its_body() -> None:
    encoded = '<c:encoded xmlns:c="http://purl.org/rss/1.0/modules/content/">long</c:encoded>'
    feed = read(rss(f"<item><description>short</description>{encoded}</item>"))
    assert feed.entries[0].body == "long"
    assert feed.entries[0].title == "Entry without a title"


def test_a_link_that_is_no_web_address_is_left_out() -> None:
    feed = read(rss("<item><title>x</title><link>javascript:alert(1)</link></item>"))
    assert feed.entries[0].url is None


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("Fri, 20 Nov 2026 10:00:00 GMT", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("Fri, 20 Nov 2026 10:00:00 Z", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("Fri, 20 Nov 2026 10:00:00 +0100", datetime(2026, 11, 20, 9, tzinfo=UTC)),
        ("Fri, 20 Nov 2026 10:00:00 PST", datetime(2026, 11, 20, 18, tzinfo=UTC)),
        ("2026-11-20T10:00:00Z", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("2026-11-20T10:00:00+05:30", datetime(2026, 11, 20, 4, 30, tzinfo=UTC)),
        ("Fri, 20 Nov 2026 10:00:00 CEST", None),
        ("Fri, 20 Nov 2026 10:00:00 -0000", None),
        ("Fri, 20 Nov 2026 10:00:00", None),
        ("2026-11-20T10:00:00", None),
        ("Fri, 20 Nov 99999999999 10:00:00 GMT", None),
        ("Fri, 20 Nov 2026 10:00:00 +9999", None),
        ("Fri, 31 Dec 9999 23:59:00 -2359", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (5, None),
    ],
)
def test_a_time_without_a_known_offset_is_not_guessed(
    written: object, instant: datetime | None
) -> None:
    assert feed_instant(written) == instant


def test_deep_and_wide_feeds_are_read_at_once() -> None:
    deep = (
        b"<rss><channel><title>x</title>"
        + b"<a>" * 200_000
        + b"</a>" * 200_000
        + b"</channel></rss>"
    )
    tags = f"<item><title>{'<b>' * 2_000}x{'</b>' * 2_000}</title></item>"
    started = time.process_time()
    assert not read(deep).entries
    assert len(read(rss(*[tags] * 100)).entries) == 100
    assert len(read(rss(*[item("x", "y" * 1_000)] * 5_000)).entries) == 5_000
    assert time.process_time() - started < 3
