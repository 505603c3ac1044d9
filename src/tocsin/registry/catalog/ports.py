"""What the catalog asks of rooms above it without knowing them; `compose` fills it."""

from collections.abc import Mapping
from typing import Any, Protocol

from pydantic import BaseModel

from tocsin.platform.database import ReadTx


class SourceKinds(Protocol):
    """Knows which kinds of sources exist and what each needs."""

    def check(self, source: Mapping[str, Any]) -> dict[str, Any]:
        """The source as it is stored; raises Invalid with errors below `source`."""

    async def settle(self, source: Mapping[str, Any]) -> dict[str, Any]:
        """A checked source with the address that its own leads to; unreachable ones stay as given."""


class ServiceView(Protocol):
    """A service with everything that rooms above know of it: what GET /services/{id} answers.

    `moving` names the fields that change by themselves, so that nobody is asked to send them back
    as they are now.
    """

    @property
    def schema(self) -> type[BaseModel]: ...

    @property
    def moving(self) -> frozenset[str]: ...

    def show(self, tx: ReadTx, service_id: str) -> BaseModel:
        """One service for a caller from inside; raises NotFound."""
