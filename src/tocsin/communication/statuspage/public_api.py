"""What strangers may do on a page: subscribe, confirm, unsubscribe. HTML for people, JSON for programs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import parse_qs
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from tocsin.communication.statuspage import queries, subscriptions
from tocsin.communication.statuspage.links import Links
from tocsin.communication.statuspage.model import StatusPage
from tocsin.communication.statuspage.rendering import (
    CONTENT_SECURITY_POLICY,
    Notice,
    RenderedFile,
    render_notice,
    render_unsubscribe_form,
)
from tocsin.communication.statuspage.subscriptions import Asked
from tocsin.communication.statuspage.viewing import identity_of
from tocsin.kernel.errors import Invalid, NotFound, TocsinError, TooManyRequests, Unavailable
from tocsin.platform.web import Caller, open_to_all

_MOST_BYTES = 4_000
_FORM = "application/x-www-form-urlencoded"
_ASKED = {"status": "asked", "detail": "If the address is right, a letter is on its way to it."}

_HTML: dict[str, Any] = {"text/html": {"schema": {"type": "string"}}}
_PAGES: dict[int | str, dict[str, Any]] = {
    "2XX": {"description": "A page for people, or JSON for programs.", "content": _HTML},
    "4XX": {"description": "Refused, in words for people.", "content": _HTML},
    "5XX": {"description": "Not now, in words for people.", "content": _HTML},
}

Anybody = Annotated[Caller, open_to_all()]


@dataclass(frozen=True, slots=True)
class Public:
    """What the public routes need; `mail_missing` names the setting that mail still lacks."""

    links: Links
    mail_missing: Callable[[], str | None]


def public_routes(public: Public) -> APIRouter:
    """The routes under `/status/{slug}` that the rendered tree cannot answer."""
    router = APIRouter(prefix="/status", tags=["Public status page"], responses=_PAGES)

    @router.post("/{slug}/subscribe", status_code=202)
    async def subscribe(caller: Anybody, request: Request, slug: str) -> Response:
        """Ask to follow a page by mail; the answer is the same whether the address is known."""
        page = await caller.read(queries.page_for_strangers, slug)
        wants_html = "text/html" in request.headers.get("accept", "")
        try:
            asked = Asked(slug, await _address(request), page.language)
            await caller.write(subscriptions.subscribe, asked, public.links, public.mail_missing())
        except (Invalid, Unavailable, TooManyRequests) as error:
            if not wants_html:
                raise
            return _html(_say(public, page, _notice_for(error), caller), error.status)
        if wants_html:
            return _html(_say(public, page, Notice.SUBSCRIBE_ASKED, caller), 202)
        return JSONResponse(_ASKED, 202)

    @router.get("/{slug}/confirm/{token}")
    async def confirm(caller: Anybody, slug: str, token: str) -> Response:
        """Confirm a subscription: the link in the letter."""
        page = await caller.read(queries.page_for_strangers, slug)
        try:
            subscriber = public.links.read_confirm(token)
            await caller.write(subscriptions.confirm, slug, subscriber)
        except NotFound as error:
            return _html(_say(public, page, Notice.LINK_INVALID, caller), error.status)
        return _html(_say(public, page, Notice.CONFIRMED, caller), 200)

    _add_unsubscribe(router, public)
    return router


def _add_unsubscribe(router: APIRouter, public: Public) -> None:
    @router.get("/{slug}/unsubscribe/{token}")
    async def ask_unsubscribe(caller: Anybody, slug: str, token: str) -> Response:
        """Show the form that unsubscribes; opening the link changes nothing."""
        page = await caller.read(queries.page_for_strangers, slug)
        try:
            public.links.read_unsubscribe(token)
        except NotFound as error:
            return _html(_say(public, page, Notice.LINK_INVALID, caller), error.status)
        identity = identity_of(page, public.links, mail_offered=True)
        action = f"{public.links.page(slug)}/unsubscribe/{token}"
        return _html(render_unsubscribe_form(identity, action, now=_now(caller)), 200)

    @router.post("/{slug}/unsubscribe/{token}")
    async def unsubscribe(caller: Anybody, slug: str, token: str) -> Response:
        """Unsubscribe: the form's button, and the mail program's one click (RFC 8058)."""
        page = await caller.read(queries.page_for_strangers, slug)
        try:
            subscriber: UUID = public.links.read_unsubscribe(token)
            await caller.write(subscriptions.unsubscribe, slug, subscriber)
        except NotFound as error:
            return _html(_say(public, page, Notice.LINK_INVALID, caller), error.status)
        return _html(_say(public, page, Notice.UNSUBSCRIBED, caller), 200)


async def _address(request: Request) -> str:
    """The `email` of a form or of a JSON body; raises Invalid."""
    body = await request.body()
    if len(body) > _MOST_BYTES:
        raise Invalid("The form is too long.")
    if request.headers.get("content-type", "").startswith(_FORM):
        values = parse_qs(body.decode("utf-8", "replace")).get("email", [])
        return values[0] if values else ""
    try:
        sent = await request.json()
    except (ValueError, RecursionError) as error:
        raise Invalid("The body must be JSON with the field email.") from error
    email = sent.get("email") if isinstance(sent, dict) else None
    return email if isinstance(email, str) else ""


def _notice_for(error: TocsinError) -> Notice:
    if isinstance(error, Unavailable):
        return Notice.SUBSCRIBE_UNAVAILABLE
    return Notice.TOO_MANY if isinstance(error, TooManyRequests) else Notice.SUBSCRIBE_INVALID


def _say(public: Public, page: StatusPage, notice: Notice, caller: Caller) -> RenderedFile:
    identity = identity_of(page, public.links, public.mail_missing() is None)
    return render_notice(identity, notice, now=_now(caller))


def _now(caller: Caller) -> datetime:
    return caller.web.database.clock.now()


def _html(file: RenderedFile, status: int) -> Response:
    headers = {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    }
    return Response(file.body, status, headers, media_type=file.content_type)
