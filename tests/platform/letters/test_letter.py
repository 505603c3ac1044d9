"""One layout for every letter: the same words as HTML and as plain text."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from tocsin.platform.letters import Button, letter


def confirmation(**changes: Any) -> dict[str, Any]:
    words: dict[str, Any] = {
        "subject": "Confirm your subscription",
        "headline": "Confirm your subscription",
        "paragraphs": ["Somebody, probably you, asked us to write.\nUntil then we send nothing."],
        "button": Button("Confirm subscription", "{{confirm_url}}"),
        "facts": [("You will hear about", "Card payments, Wallets")],
        "note": "If the button does not open, copy this address:",
        "footer_lines": ["Not you? Ignore this mail.", "To stop: {{unsubscribe_url}}"],
        "brand": "Larkfield Pay status",
    }
    return letter(**{**words, **changes})


def words_of(html: str) -> str:
    class Reader(HTMLParser):
        silent = 0

        def handle_starttag(self, tag: str, _: object) -> None:
            self.silent += tag == "style"

        def handle_endtag(self, tag: str) -> None:
            self.silent -= tag == "style"

        def handle_data(self, data: str) -> None:
            if not self.silent:
                found.append(data)

    found: list[str] = []
    Reader().feed(html)
    return " ".join(" ".join(found).split())


def test_both_halves_say_the_same():
    content = confirmation()
    html, text = words_of(content["html"]), " ".join(content["text"].split())
    for words in (
        "Confirm your subscription",
        "Somebody, probably you, asked us to write.",
        "Until then we send nothing.",
        "Card payments, Wallets",
        "Not you? Ignore this mail.",
    ):
        assert words in html
        assert words in text
    assert content["subject"] == "Confirm your subscription"
    assert set(content) == {"subject", "text", "html"}


def test_slots_pass_through_both_halves():
    content = confirmation()
    assert content["html"].count('href="{{confirm_url}}"') == 2
    assert "{{unsubscribe_url}}" in content["html"]
    assert "Confirm subscription:\n{{confirm_url}}" in content["text"]
    assert "{{unsubscribe_url}}" in content["text"]


def test_peoples_words_are_never_markup():
    content = confirmation(headline="<script>alert(1)</script>", facts=[("<b>", '"&"')])
    assert "<script>" not in content["html"]
    assert "&lt;b&gt;" in content["html"]
    assert "<script>alert(1)</script>" in content["text"]


def test_a_subject_is_one_line():
    assert (
        confirmation(subject="Down:\r\nBcc: x@example.org")["subject"] == "Down: Bcc: x@example.org"
    )


def test_text_is_wrapped_and_addresses_are_not():
    address = "https://status.example.org/" + "a-very-long-path/" * 8
    content = confirmation(paragraphs=["word " * 60], button=Button("Open", address))
    lines = content["text"].splitlines()
    assert address in lines
    assert max(len(line) for line in lines if line != address) <= 72


def test_a_bare_letter_has_only_what_it_was_given():
    content = letter(subject="Test", headline="A test", paragraphs=["It works."], from_name="Ops")
    assert content["text"] == "A test\n======\n\nIt works.\n"
    assert content["from_name"] == "Ops"
    assert "href" not in content["html"]


def test_the_layout_fits_mail_readers():
    html = confirmation(lang="de")["html"]
    assert '<html lang="de">' in html
    assert "max-width:552px" in html
    assert "prefers-color-scheme: dark" in html
    assert not re.search(r"<(img|script|link|svg)\b", html)
    assert max(len(line) for line in html.splitlines()) < 998


@pytest.mark.parametrize("lang", ["en", "nl", "ja"])
def test_the_same_words_always_give_the_same_letter(lang: str):
    assert confirmation(lang=lang) == confirmation(lang=lang)
