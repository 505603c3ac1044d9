"""The sources of services: added, edited, removed, tried out, and followed where they moved."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from tocsin.detection.signals import queries, verbs
from tocsin.detection.signals.heartbeats.waiting import HEARTBEAT
from tocsin.detection.signals.model import Source
from tocsin.detection.signals.schemas import (
    MOVING,
    MonitorIn,
    MonitorOut,
    MonitorPatch,
    TrialIn,
    TrialOut,
)
from tocsin.detection.signals.verbs import MonitorChange, MonitorDraft, Signals
from tocsin.kernel.errors import FieldError, Invalid
from tocsin.kernel.fields import require_unchanged
from tocsin.platform.database import Tx
from tocsin.platform.web import Caller, CursorParam, Page, api_router, page_out, requires

Reader = Annotated[Caller, requires("services.read")]
Writer = Annotated[Caller, requires("monitors.write")]


@dataclass(frozen=True, slots=True)
class MonitorRoutes:
    """Handlers of /monitors."""

    room: Signals

    def router(self) -> APIRouter:
        """The routes, to be mounted below the API's prefix."""
        router = api_router(tag="monitors")
        add = router.add_api_route
        add("/monitors", self.list, methods=["GET"], response_model=Page[MonitorOut])
        add("/monitors", self.add, methods=["POST"], status_code=201, response_model=MonitorOut)
        add("/monitors/test", self.try_out, methods=["POST"], response_model=TrialOut)
        one = "/monitors/{monitor_id}"
        add(one, self.show, methods=["GET"], response_model=MonitorOut)
        for method in ("PATCH", "PUT"):
            add(one, self.edit, methods=[method], response_model=MonitorOut)
        add(one, self.remove, methods=["DELETE"], status_code=204)
        add(f"{one}/adopt-address", self.adopt, methods=["POST"], response_model=MonitorOut)
        return router

    async def list(
        self,
        caller: Reader,
        cursor: CursorParam,
        service_id: Annotated[str | None, Query(max_length=63)] = None,
    ) -> Page[MonitorOut]:
        """Every source, of one service or of all."""
        after = cursor.after(UUID, UUID)
        found = await caller.read(
            queries.monitors, service_id, after[1] if after else None, cursor.fetch
        )
        return page_out(
            found, cursor, self._shown_to(caller), lambda source: (source.id, source.id)
        )

    async def show(self, monitor_id: UUID, caller: Reader) -> MonitorOut:
        """One source."""
        source = await caller.read(queries.source, monitor_id)
        caller.tag(source.version)
        return self._shown_to(caller)(source)

    async def add(self, body: MonitorIn, caller: Writer) -> Any:
        """Add a source to a service; its address is followed to where it leads."""
        with _fields_at_the_top():
            config = await self.room.kinds.settle(self.room.kinds.check(body.config()))
        draft = MonitorDraft(body.service_id, body.name, config)
        return await caller.write(
            verbs.add_monitor, self.room, draft, answer=self._shown_to(caller)
        )

    async def edit(self, monitor_id: UUID, body: MonitorPatch, caller: Writer) -> Any:
        """Change the fields given; the source that a service names is edited with the service."""
        source = await caller.read(queries.source, monitor_id)
        change = MonitorChange(
            body.name,
            renames="name" in body.model_fields_set,
            config=await self._new_config(source, body.config()),
        )
        return await caller.write(
            self._edit,
            monitor_id,
            change,
            body.read_only(),
            caller.expected_version,
            answer=self._shown_to(caller),
        )

    async def remove(self, monitor_id: UUID, caller: Writer) -> Response:
        """Remove an added source."""
        await caller.write(verbs.remove_monitor, self.room, monitor_id, caller.expected_version)
        return Response(status_code=204)

    async def try_out(self, body: TrialIn, caller: Writer) -> TrialOut:
        """Try out a source without saving it. Members of the house may look at private addresses."""
        with _fields_at_the_top():
            return TrialOut.of(await self.room.kinds.probe(body.config()))

    async def adopt(self, monitor_id: UUID, caller: Writer) -> Any:
        """Use the address that a source has moved to."""
        return await caller.write(
            verbs.adopt_address, self.room, monitor_id, answer=self._shown_to(caller)
        )

    def _shown_to(self, caller: Caller) -> Callable[[Source], MonitorOut]:
        """Who calls a heartbeat's address speaks for its job: only who may edit monitors sees it."""

        def show(source: Source) -> MonitorOut:
            shown = source.kind == HEARTBEAT and caller.may("monitors.write")
            return MonitorOut.of(source, self.room.pings.url_of(source.id) if shown else None)

        return show

    def _edit(
        self,
        tx: Tx,
        monitor_id: UUID,
        change: MonitorChange,
        read_only: Mapping[str, Any],
        expected_version: int | None,
    ) -> Source:
        if read_only:
            shown = MonitorOut.of(queries.source(tx, monitor_id)).model_dump(mode="json")
            require_unchanged(read_only, shown, MOVING)
        return verbs.edit_monitor(tx, self.room, monitor_id, change, expected_version)

    async def _new_config(self, source: Source, given: dict[str, Any]) -> dict[str, Any]:
        """The new fields; a new address is followed to where it leads, new names are looked up."""
        with _fields_at_the_top():
            config = self.room.kinds.check({**source.config, **given})
            moves = config.get("url") != source.url
            if not moves and tuple(config.get("components", ())) == source.components:
                return given
            settled = await self.room.kinds.settle(config)
        return given | {"url": settled["url"]} if moves else given


@contextmanager
def _fields_at_the_top() -> Iterator[None]:
    """Here the fields of a source stand beside the others, not below `source`."""
    try:
        yield
    except Invalid as error:
        errors = [
            FieldError(fault.field.removeprefix("source."), fault.message) for fault in error.errors
        ]
        raise Invalid(
            error.detail.removeprefix("source."), code=error.code, errors=errors
        ) from None
