"""Texts people write in Markdown, made safe to show: HTML for pages and letters, plain for the rest."""

import html
import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_TAGS = {
    "p", "br", "strong", "em", "code", "pre", "ul", "ol", "li", "blockquote", "a", "h3", "h4", "hr"
}  # fmt: skip
_BLANK_LINES = re.compile(r"\n{3,}")


def to_html(markdown: str) -> str:
    """Markdown as sanitised HTML: no scripts, styles, images or unknown schemes."""
    import nh3

    return nh3.clean(
        _markdown().render(markdown),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    ).strip()


def to_plain(markdown: str) -> str:
    """Markdown as plain text, for letters and feeds: marks gone, paragraphs kept."""
    import nh3

    text = nh3.clean(_markdown().render(markdown).replace("</p>", "</p>\n"), tags=set())
    return _BLANK_LINES.sub("\n\n", html.unescape(text)).strip()


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"breaks": True, "html": False, "linkify": False})
