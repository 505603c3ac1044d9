"""Two kinds of sources that are enough for the catalog: `web` needs a url, `manual` nothing."""

from collections.abc import Mapping
from typing import Any

from tocsin.kernel.errors import FieldError, Invalid


class PlainKinds:
    """A port for the catalog that settles `moved.example` to `new.example`."""

    def check(self, source: Mapping[str, Any]) -> dict[str, Any]:
        if source.get("kind") not in ("web", "manual"):
            raise _wrong("source.kind", "expected one of manual, web")
        if source["kind"] == "web" and not isinstance(source.get("url"), str):
            raise _wrong("source.url", "expected an address")
        return dict(source)

    async def settle(self, source: Mapping[str, Any]) -> dict[str, Any]:
        settled = dict(source)
        if settled.get("url") == "https://moved.example":
            settled["url"] = "https://new.example"
        return settled


def _wrong(field: str, message: str) -> Invalid:
    return Invalid(f"{field}: {message}", errors=[FieldError(field, message)])
