"""Answers to a visitor's forms and links: one sentence on a page that looks like the rest."""

from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from tocsin.communication.statuspage.rendering.bundle import Bundle
from tocsin.communication.statuspage.rendering.html import Pen
from tocsin.communication.statuspage.rendering.views import PageIdentity, RenderedFile


class Notice(StrEnum):
    """What there is to say; the words are in the catalogue under `notice.…`."""

    SUBSCRIBE_ASKED = "subscribe_asked"
    SUBSCRIBE_INVALID = "subscribe_invalid"
    SUBSCRIBE_UNAVAILABLE = "subscribe_unavailable"
    TOO_MANY = "too_many"
    CONFIRMED = "confirmed"
    UNSUBSCRIBED = "unsubscribed"
    LINK_INVALID = "link_invalid"
    NOT_FOUND = "not_found"


def render_notice(
    page: PageIdentity, notice: Notice, *, now: datetime, bundle: Bundle | None = None
) -> RenderedFile:
    """One answer in the page's language; the status code is the caller's.

    `SUBSCRIBE_ASKED` is the answer to every well-formed address, known or not.
    """
    pen = Pen.of(page, now, bundle=bundle)
    return pen.draw(
        "notice.html.j2",
        here="notice",
        title=pen.voice.say(f"notice.{notice.value}.title"),
        text=pen.voice.say(f"notice.{notice.value}.text", page=page.name),
        action=None,
    )


def render_unsubscribe_form(page: PageIdentity, action: str, *, now: datetime) -> RenderedFile:
    """The form that asks before it acts; it posts to the path of `action`, wherever it is seen."""
    pen = Pen.of(page, now)
    return _form(pen, "unsubscribe", action, dismiss=pen.voice.say("unsubscribe.keep"))


def render_confirm_form(page: PageIdentity, action: str, *, now: datetime) -> RenderedFile:
    """The form behind a confirmation link, so that mail scanners which open links confirm nothing."""
    pen = Pen.of(page, now)
    return _form(pen, "confirm", action, dismiss=pen.voice.say("confirm.dismiss"))


def _form(pen: Pen, kind: str, action: str, dismiss: str) -> RenderedFile:
    return pen.draw(
        "notice.html.j2",
        here="notice",
        title=pen.voice.say(f"{kind}.title"),
        text=pen.voice.say(f"{kind}.text", page=pen.page.name),
        button=pen.voice.say(f"{kind}.button"),
        dismiss=dismiss,
        action=urlsplit(action).path,
    )
