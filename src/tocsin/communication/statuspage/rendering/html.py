"""The HTML of a page: templates, filled in the page's own words, times and addresses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from tocsin.communication.statuspage.rendering import bars, faces
from tocsin.communication.statuspage.rendering.bundle import Bundle, packaged
from tocsin.communication.statuspage.rendering.impact_chart import impact_chart
from tocsin.communication.statuspage.rendering.language import Voice
from tocsin.communication.statuspage.rendering.links import Links
from tocsin.communication.statuspage.rendering.views import (
    PageIdentity,
    PublicIncidentView,
    PublicPhase,
    PublicUpdateView,
    RenderedFile,
)

if TYPE_CHECKING:
    from jinja2 import Environment

HTML = "text/html; charset=utf-8"
SVG = "image/svg+xml"

EXCERPT = 200

_BLOCK_ENDS = re.compile(r"</(?:p|li|h[1-6]|blockquote|pre|td)>|<br")


@cache
def environment() -> "Environment":
    """The template engine: everything is escaped, a name that does not exist is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("tocsin.communication.statuspage.rendering"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["instant"] = instant
    made.filters["sanitised"] = Markup
    made.globals.update(Face=faces.Face, LEGEND=faces.LEGEND, phases=tuple(PublicPhase))
    made.globals["marks"] = made.get_template("marks.html.j2").module
    return made


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws templates for one page at one moment; `digest` marks what the page's script compares."""

    page: PageIdentity
    now: datetime
    voice: Voice
    links: Links
    bundle: Bundle
    digest: str = ""

    @classmethod
    def of(
        cls, page: PageIdentity, now: datetime, digest: str = "", bundle: Bundle | None = None
    ) -> "Pen":
        """A pen for a page; without a bundle it uses the packaged one."""
        return cls(page, now, Voice(page), Links.of(page), bundle or packaged(), digest)

    def draw(self, template: str, **values: object) -> RenderedFile:
        """One HTML file from a template."""
        return RenderedFile(self._fill(template, values).encode(), HTML)

    def icon(self, face: faces.Face) -> RenderedFile:
        """The page's icon in the shape of its state."""
        return RenderedFile(self._fill("favicon.svg.j2", {"face": face}).encode(), SVG)

    def _fill(self, template: str, values: Mapping[str, object]) -> str:
        helpers = {
            "strip_of": lambda component: bars.strip(component, self.voice),
            "component_face": faces.component_face,
            "incident_face": faces.incident_face,
            "face_of": faces.face_of,
            "impact_status": faces.impact_status,
            "impact_chart": lambda incident: impact_chart(incident, self.voice, self.now),
            "newest_in": newest_in,
            "excerpt": excerpt,
        }
        shared = {
            "page": self.page,
            "now": self.now,
            "voice": self.voice,
            "links": self.links,
            "bundle": self.bundle,
            "digest": self.digest,
        }
        return environment().get_template(template).render(**shared, **helpers, **values)


def instant(at: datetime) -> str:
    """An instant for machines: RFC 3339 in UTC, to the second."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def newest_in(incident: PublicIncidentView, phase: PublicPhase) -> PublicUpdateView | None:
    """The newest update of a phase, None when the story never had it."""
    return next((update for update in incident.updates if update.phase is phase), None)


def excerpt(html: str) -> str:
    """The words of an update on one line, cut at a word after about 200 characters."""
    apart = _BLOCK_ENDS.sub(r" \g<0>", html)
    text = Markup(apart).striptags()  # noqa: S704 - its tags go, the rest is escaped again
    if len(text) <= EXCERPT:
        return text
    return text[:EXCERPT].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"
