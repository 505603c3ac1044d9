"""What a pasted address shows: its title, the feeds it names, the pages it links to."""

import pytest

from tocsin.detection.signals.front import FrontPage

RSS, ATOM = "application/rss+xml", "application/atom+xml"


def shown(text: str, media_type: str = "text/html") -> FrontPage:
    return FrontPage("https://status.example.com/page", media_type, text)


@pytest.mark.parametrize(
    ("text", "feeds"),
    [
        (f'<link rel="alternate" type="{RSS}" href="/feed.rss">', ["/feed.rss"]),
        (f"<LINK TYPE={ATOM} HREF=history.atom REL=alternate>", ["/history.atom"]),
        (f"<link href='/a?x=1&amp;y=2' rel='alternate home' type='{RSS}' />", ["/a?x=1&y=2"]),
        (f'<link rel="stylesheet" type="{RSS}" href="/feed.rss">', []),
        ('<link rel="alternate" type="text/html" href="/de">', []),
        (f'<link rel="alternate" type="{RSS}" href="javascript:alert(1)">', []),
        (f'<link rel="alternate" type="{RSS}">', []),
    ],
)
def test_feeds_are_found_in_the_head_of_a_page(text: str, feeds: list[str]) -> None:
    found = shown(text).linked_feeds()
    assert found == [f"https://status.example.com{path}" for path in feeds]


def test_a_feed_is_its_own() -> None:
    assert shown("<rss/>", RSS).linked_feeds() == ["https://status.example.com/page"]


def test_the_title_is_one_short_line() -> None:
    assert shown("<title lang=en>\n Acme &amp;  Co\n</title>").title == "Acme & Co"
    assert shown("<p>no title</p>").title is None
    assert len(shown(f"<title>{'x' * 400}</title>").title or "") == 120


def test_links_to_other_hosts_are_found_and_counted() -> None:
    text = '<a class="x" href="https://a.example/1">A</a><iframe src=https://b.example></iframe>'
    own = '<a href="https://status.example.com/other">own</a><a href="/here">here</a>'
    assert shown(text + own).linked_pages(10) == ["https://a.example/1", "https://b.example"]
    assert len(shown(text).linked_pages(1)) == 1
