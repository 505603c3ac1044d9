"""From words to a letter: pure, so that a body is the same wherever and whenever it is built."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from textwrap import fill, wrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Template

_WIDTH = 72


@dataclass(frozen=True, slots=True)
class Button:
    """The letter's one action."""

    label: str
    url: str


def letter(
    *,
    subject: str,
    headline: str,
    paragraphs: Sequence[str],
    button: Button | None = None,
    facts: Sequence[tuple[str, str]] = (),
    note: str | None = None,
    footer_lines: Sequence[str] = (),
    lang: str = "en",
    brand: str | None = None,
    from_name: str | None = None,
) -> dict[str, Any]:
    """Lay out a letter: `{subject, text, html}`, and `from_name` where it is given.

    All texts are plain; a single line break stays one. `facts` are rows of label and value.
    `note` stands below them, followed by the button's address for those whose button does not
    open. `{{slot}}` marks pass through in any text or address.
    """
    parts = {
        "subject": subject,
        "headline": headline,
        "paragraphs": paragraphs,
        "button": button,
        "facts": facts,
        "note": note,
        "footer_lines": footer_lines,
        "lang": lang,
        "brand": brand,
    }
    text = "\n\n".join(_blocks(headline, paragraphs, button, facts, note, footer_lines)) + "\n"
    content = {
        "subject": " ".join(subject.split()),
        "text": text,
        "html": _template().render(parts),
    }
    return content if from_name is None else {**content, "from_name": from_name}


def _blocks(
    headline: str,
    paragraphs: Sequence[str],
    button: Button | None,
    facts: Sequence[tuple[str, str]],
    note: str | None,
    footer_lines: Sequence[str],
) -> Iterator[str]:
    yield f"{_wrapped(headline)}\n{'=' * min(_WIDTH, len(headline))}"
    yield from map(_wrapped, paragraphs)
    if button is not None:
        yield f"{button.label}:\n{button.url}"
    if facts:
        yield "\n".join(_row(label, value) for label, value in facts)
    if note:
        yield _wrapped(note) + (f"\n{button.url}" if button else "")
    if footer_lines:
        yield "-- \n" + "\n".join(map(_wrapped, footer_lines))


def _wrapped(text: str) -> str:
    return "\n".join(
        fill(line, _WIDTH, break_long_words=False, break_on_hyphens=False)
        for line in text.splitlines()
    )


def _row(label: str, value: str) -> str:
    lines = wrap(f"{label}: {value}", _WIDTH, subsequent_indent="  ", break_long_words=False)
    return "\n".join(lines)


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("tocsin.platform.letters"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("letter.html")
