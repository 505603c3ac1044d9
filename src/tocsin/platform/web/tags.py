"""Entity tags of answers that know without their bytes whether anything has changed."""

from starlette.responses import Response


def tags_in(if_none_match: str | None) -> frozenset[str]:
    """The tags of an `If-None-Match` for weak comparison (RFC 9110, section 8.8.3.2)."""
    return frozenset(one.strip().removeprefix("W/") for one in (if_none_match or "").split(","))


def tagged_json(tag: str, body: bytes | None) -> Response:
    """JSON with a weak entity tag; 304 without a body, for whoever has it already."""
    headers = {"ETag": f"W/{tag}", "Cache-Control": "private, no-cache"}
    if body is None:
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="application/json")
