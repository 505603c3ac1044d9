"""Markdown that people write is safe as HTML and readable as plain text."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.platform.texts import to_html, to_plain

DANGEROUS = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[click](javascript:alert(1))",
    "[click](data:text/html,<script>alert(1)</script>)",
    "![picture](https://example.org/pixel.gif)",
    '<a href="https://example.org" onclick="alert(1)">x</a>',
    "<style>body{display:none}</style>",
    '<iframe src="https://example.org"></iframe>',
]


class HtmlReader(HTMLParser):
    """What a browser would see as tags, and not as words."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.extend(attrs)


@pytest.mark.parametrize("text", DANGEROUS)
def test_nothing_that_runs_or_loads_comes_through(text: str):
    shown = HtmlReader()
    shown.feed(to_html(text))
    assert shown.tags <= {"p", "a"}
    assert all(name in ("href", "rel") for name, _ in shown.attributes)
    links = [value or "" for name, value in shown.attributes if name == "href"]
    assert all(link.startswith("https://") for link in links)


def test_links_leave_no_trace():
    html = to_html("[status](https://example.org/status)")
    assert html == (
        '<p><a href="https://example.org/status" rel="noopener noreferrer nofollow">status</a></p>'
    )


def test_paragraphs_lists_and_emphasis_stay():
    html = to_html("We **see** it.\nStill.\n\n- one\n- two")
    assert "<strong>see</strong>" in html
    assert "<br" in html
    assert html.count("<li>") == 2


def test_plain_text_keeps_the_words_and_loses_the_marks():
    assert to_plain("We **see** it.\n\nMail & web < 5 %.") == "We see it.\n\nMail & web < 5 %."


@given(st.text(max_size=200))
def test_whatever_is_written_becomes_text_without_a_tag_that_runs(text: str):
    html = to_html(text).lower()
    assert "<script" not in html
    assert "<img" not in html
    assert to_plain(text) == to_plain(text).strip()
