"""Routes of triggers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response

from tocsin.detection.triggers import past, queries, verbs
from tocsin.detection.triggers.model import Trigger, TriggerState
from tocsin.detection.triggers.ports import Samples
from tocsin.detection.triggers.schemas import (
    MOVING,
    TriggerCheckIn,
    TriggerCheckOut,
    TriggerIn,
    TriggerOut,
    TriggerPatch,
    TriggerPreviewIn,
    TriggerPreviewOut,
)
from tocsin.kernel.errors import FieldError, Invalid
from tocsin.kernel.fields import require_unchanged
from tocsin.platform.database import ReadTx, Tx
from tocsin.platform.web import Caller, CursorParam, Page, api_router, page_out, requires

Reader = Annotated[Caller, requires("triggers.read")]
Writer = Annotated[Caller, requires("triggers.write")]

Shown = tuple[Trigger, list[TriggerState]]


@dataclass(frozen=True, slots=True)
class TriggerRoutes:
    """Handlers of /triggers."""

    samples: Samples

    def router(self) -> APIRouter:
        """The routes, to be mounted below the API's prefix."""
        router = api_router(tag="Triggers")
        add = router.add_api_route
        add("/triggers", self.list, methods=["GET"], response_model=Page[TriggerOut])
        add("/triggers", self.add, methods=["POST"], status_code=201, response_model=TriggerOut)
        add("/triggers/check", self.check, methods=["POST"], response_model=TriggerCheckOut)
        add("/triggers/preview", self.preview, methods=["POST"], response_model=TriggerPreviewOut)
        one = "/triggers/{trigger_id}"
        add(one, self.show, methods=["GET"], response_model=TriggerOut)
        for method in ("PATCH", "PUT"):
            add(one, self.edit, methods=[method], response_model=TriggerOut)
        add(one, self.archive, methods=["DELETE"], status_code=204)
        return router

    async def list(self, caller: Reader, cursor: CursorParam) -> Page[TriggerOut]:
        """All triggers, the oldest first, with the services for which they fire."""
        after = cursor.after(UUID, UUID)
        found, states = await caller.read(_listed, after[1] if after else None, cursor.fetch)
        return page_out(
            found, cursor, lambda one: TriggerOut.of(one, states), lambda one: (one.id, one.id)
        )

    async def show(self, trigger_id: UUID, caller: Reader) -> TriggerOut:
        """One trigger."""
        shown = await caller.read(_shown, trigger_id)
        caller.tag(shown.version)
        return shown

    async def add(self, body: TriggerIn, caller: Writer) -> Any:
        """Add a trigger; a condition that cannot be read is refused with its character."""
        return await caller.write(
            verbs.add_trigger, self.samples, body.draft(), answer=lambda one: TriggerOut.of(one, [])
        )

    async def edit(self, trigger_id: UUID, body: TriggerPatch, caller: Writer) -> Any:
        """Change the fields given; a trigger that means something else now clears first."""
        if nulls := body.nulls():
            errors = [FieldError(name, "cannot be null") for name in nulls]
            raise Invalid(f"{nulls[0]}: cannot be null", errors=errors)
        return await caller.write(
            self._edit,
            trigger_id,
            body.change(),
            body.model_extra or {},
            caller.expected_version,
            answer=lambda shown: shown,
        )

    async def archive(self, trigger_id: UUID, caller: Writer) -> Response:
        """Take a trigger away; what it fired for clears."""
        await caller.write(verbs.archive_trigger, trigger_id, caller.expected_version)
        return Response(status_code=204)

    async def check(self, body: TriggerCheckIn, caller: Writer) -> TriggerCheckOut:
        """Read a condition without saving it, for editors."""
        found = await caller.read(
            verbs.check_condition, self.samples, body.condition, body.service_id
        )
        return TriggerCheckOut.of(found)

    async def preview(self, body: TriggerPreviewIn, caller: Writer) -> TriggerPreviewOut:
        """When a trigger would have fired, over the last seven days or the time given."""
        return TriggerPreviewOut.of(
            await caller.read(past.try_on_the_past, self.samples, body.trial())
        )

    def _edit(
        self,
        tx: Tx,
        trigger_id: UUID,
        change: Mapping[str, Any],
        read_only: Mapping[str, Any],
        expected_version: int | None,
    ) -> TriggerOut:
        if read_only:
            require_unchanged(read_only, _shown(tx, trigger_id).model_dump(mode="json"), MOVING)
        verbs.edit_trigger(tx, self.samples, trigger_id, change, expected_version)
        return _shown(tx, trigger_id)


def _listed(tx: ReadTx, after: UUID | None, limit: int) -> tuple[list[Trigger], list[TriggerState]]:
    found = queries.all_triggers(tx, after, limit)
    return found, queries.firing_states(tx, [one.id for one in found])


def _shown(tx: ReadTx, trigger_id: UUID) -> TriggerOut:
    found = queries.trigger(tx, trigger_id)
    return TriggerOut.of(found, queries.firing_states(tx, [found.id]))
