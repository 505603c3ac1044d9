"""The two routes that Slack calls: a button was clicked, a slash command was written."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import APIRouter, Header, Response
from fastapi.responses import JSONResponse
from starlette.requests import Request

from tocsin.adapters import slack
from tocsin.communication import stakeholders
from tocsin.detection import alerts
from tocsin.kernel.errors import NotFound, Unauthenticated, Unavailable, invalid_field
from tocsin.platform.database import Context
from tocsin.platform.secrets import Secrets
from tocsin.platform.settings import Settings
from tocsin.platform.web import Caller, api_router, open_to_all

Slack = Annotated[Caller, open_to_all()]
Timestamp = Annotated[str, Header(alias="X-Slack-Request-Timestamp")]
Signature = Annotated[str, Header(alias="X-Slack-Signature")]
R = TypeVar("R")

_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/x-www-form-urlencoded": {"schema": {"type": "object"}}},
    }
}


def slack_routes(settings: Settings, secrets: Secrets) -> APIRouter:
    """The routes over the settings; each is behind its own switch."""
    router = api_router(tag="Inbound")
    url = settings.public_url

    @router.post("/slack/interactivity", response_class=JSONResponse, openapi_extra=_FORM)
    async def interactivity(
        request: Request, caller: Slack, timestamp: Timestamp = "", signature: Signature = ""
    ) -> Response:
        """Take a click on *Acknowledge*: the answer is what the message becomes."""
        if not settings.SLACK_ACK_ENABLED:
            raise NotFound("Buttons in Slack are off; SLACK_ACK_ENABLED turns them on.")
        body = await _signed_body(request, caller, settings, timestamp, signature)
        click = _read(slack.read_click, body)
        if click is None or click.action != stakeholders.ACKNOWLEDGE:
            return Response(status_code=200)
        return JSONResponse(await _acknowledge(caller, click, url, secrets))

    @router.post("/slack/slash", response_class=JSONResponse, openapi_extra=_FORM)
    async def slash(
        request: Request, caller: Slack, timestamp: Timestamp = "", signature: Signature = ""
    ) -> Response:
        """Answer `/itstatus`, to whoever asks only."""
        if not settings.SLACK_SLASH_ENABLED:
            raise Unavailable(
                "Slash commands are off; SLACK_SLASH_ENABLED turns them on.", code="slack_slash_off"
            )
        body = await _signed_body(request, caller, settings, timestamp, signature)
        if _read(slack.is_certificate_check, body):
            return Response(status_code=200)
        asked = _read(slack.read_command, body).text
        return JSONResponse(await caller.read(stakeholders.tell_status, asked, url))

    return router


async def _acknowledge(
    caller: Caller, click: slack.Click, url: str, secrets: Secrets
) -> dict[str, Any]:
    """Take the alert in the tenant whose it is: we posted the button, Slack signed the click."""
    tenant = await caller.read(alerts.tenant_of_alert, _id_of(click.value)) or caller.tenant
    answer = stakeholders.ClickAnswer(click.value, click.user, click.response_url)
    return await caller.web.database.write(
        Context(tenant, caller.actor), stakeholders.acknowledge_from_slack, answer, url, secrets
    )


def _id_of(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        return UUID(int=0)


def _read(reader: Callable[[bytes], R], body: bytes) -> R:
    try:
        return reader(body)
    except slack.NotSlack as error:
        raise invalid_field("body", str(error)) from error


async def _signed_body(
    request: Request, caller: Caller, settings: Settings, timestamp: str, signature: str
) -> bytes:
    """The raw body, once Slack's signature proves it; raises Unauthenticated."""
    body = await request.body()
    kept = settings.SLACK_SIGNING_SECRET
    secret = kept.get_secret_value() if kept else ""
    now = caller.web.database.clock.now()
    if not secret or not slack.is_signed(secret, body, timestamp, signature, now):
        raise Unauthenticated(
            "X-Slack-Signature is not Slack's signature of this body, or it is old."
        )
    return body
