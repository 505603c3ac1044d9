"""The webhook that a status page's subscriber sends, which must be signed."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Response
from starlette.requests import Request

from tocsin.detection.signals import verbs
from tocsin.detection.signals.webhooks import is_signed, read_hint
from tocsin.kernel.errors import NotFound, Unauthenticated
from tocsin.platform.database import Lane
from tocsin.platform.web import Caller, api_router, open_to_all

_ANY_JSON: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
}


def webhook_routes(secret: str | None) -> APIRouter:
    """The route over its secret; without one it answers 404."""
    router = api_router(tag="Inbound")

    @router.post(
        "/webhooks/statuspage/{service_id}",
        status_code=202,
        response_class=Response,
        openapi_extra=_ANY_JSON,
    )
    async def statuspage_webhook(
        request: Request,
        caller: Annotated[Caller, open_to_all()],
        service_id: str,
        signature: Annotated[str, Header(alias="X-Hub-Signature-256")] = "",
    ) -> Response:
        """Take a hint that a service's status page changed: the page is asked at once.

        What the webhook says is not believed; `X-Hub-Signature-256` is the HMAC-SHA256 of the body.
        """
        if secret is None:
            raise NotFound("Inbound webhooks are off; WEBHOOKS_ENABLED turns them on.")
        body = await request.body()
        if not is_signed(secret, body, signature):
            raise Unauthenticated("X-Hub-Signature-256 is not the signature of this body.")
        await caller.write(verbs.take_hint, service_id, read_hint(body), lane=Lane.NORMAL)
        return Response(status_code=202)

    return router
