"""Styles, script and font as files whose names carry their hash."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from tocsin.communication.statuspage.rendering.links import asset_file
from tocsin.communication.statuspage.rendering.views import RenderedFile

STYLES = (
    "tokens.css",
    "base.css",
    "frame.css",
    "pieces.css",
    "status.css",
    "components.css",
    "incident.css",
)
SCRIPT = "live.js"
FONT = "inter-latin-wght-normal.woff2"

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'"
)
"""What the rendered pages need, and nothing else: no inline script, no inline style."""

_FONT_FACE = """@font-face {{
  font-family: "Inter";
  font-style: normal;
  font-weight: 100 900;
  font-display: optional;
  src: url("{name}") format("woff2");
  unicode-range: U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304,
    U+0308, U+0329, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD;
}}
"""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The assets of a page by their hashed names; `font` is None where no font is at hand."""

    style: str
    script: str
    font: str | None
    files: tuple[tuple[str, RenderedFile], ...]


@cache
def packaged() -> Bundle:
    """The bundle shipped with Tocsin."""
    return bundle(files(__package__) / "assets")


def bundle(folder: Traversable) -> Bundle:
    """Read the assets of a folder; without its font file the pages use the system's letters."""
    font_file = folder / "fonts" / FONT
    font = _asset(FONT, font_file.read_bytes(), "font/woff2") if font_file.is_file() else None
    css = "\n".join((folder / name).read_text(encoding="utf-8") for name in STYLES)
    if font is not None:
        css = _FONT_FACE.format(name=font[0]) + css
    style = _asset("page.css", css.encode(), "text/css; charset=utf-8")
    script = _asset(SCRIPT, (folder / SCRIPT).read_bytes(), "text/javascript; charset=utf-8")
    assets = [style, script] if font is None else [style, script, font]
    return Bundle(
        style=style[0],
        script=script[0],
        font=None if font is None else font[0],
        files=tuple((asset_file(name), rendered) for name, rendered in assets),
    )


def _asset(name: str, body: bytes, content_type: str) -> tuple[str, RenderedFile]:
    stem, _, suffix = name.rpartition(".")
    digest = hashlib.sha256(body).hexdigest()[:12]
    return f"{stem}.{digest}.{suffix}", RenderedFile(body, content_type, immutable=True)
