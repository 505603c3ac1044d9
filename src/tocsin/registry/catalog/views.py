"""How writes answer: with the whole service, as `ServiceView` shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from tocsin.kernel.fields import require_unchanged
from tocsin.platform.database import ReadTx, Tx

from . import queries, verbs
from .model import ServiceChange, ServiceDraft
from .ports import ServiceView
from .schemas import ServiceOut


class OwnView:
    """A service as the catalog alone knows it, where no room above shows more."""

    schema = ServiceOut
    moving: frozenset[str] = frozenset()

    def show(self, tx: ReadTx, service_id: str) -> ServiceOut:
        """One service; raises NotFound."""
        return ServiceOut.of(queries.service(tx, service_id))


@dataclass(frozen=True, slots=True)
class Answering:
    """The verbs of people, each answered with the service as it is afterwards."""

    view: ServiceView

    def declare(self, tx: Tx, draft: ServiceDraft) -> BaseModel:
        """Declare a service."""
        return self.view.show(tx, verbs.declare_service(tx, draft).id)

    def edit(
        self,
        tx: Tx,
        service_id: str,
        change: ServiceChange,
        read_only: Mapping[str, Any],
        expected_version: int | None,
    ) -> BaseModel:
        """Edit a service; `read_only` is what was sent beside, and must be what is shown."""
        verbs.expect_version(tx, service_id, expected_version)
        if read_only:
            shown = self.view.show(tx, service_id).model_dump(mode="json")
            require_unchanged(read_only, shown, self.view.moving)
        verbs.edit_service(tx, service_id, change)
        return self.view.show(tx, service_id)
