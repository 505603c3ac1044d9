"""What a room hands to `compose`: its routes, reactions, agenda handlers and start-up verbs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tocsin.platform.agenda import Handler
from tocsin.platform.database import Tx
from tocsin.platform.journal import LaterReaction, NowReaction
from tocsin.platform.retention import Keeper, Purge


@dataclass(frozen=True, slots=True)
class TableEntry:
    """What `docs/data.md` says of a table: personal data, retention, export and erasure."""

    table: str
    personal: str = "none"
    retention: str = "kept"
    export: str = "yes"
    erase: str = "with the tenant"


@dataclass(frozen=True, slots=True)
class Wiring:
    """One room's wiring. `routes` imports FastAPI only when the web role calls it; `at_start`
    verbs run for every tenant when a worker boots and are safe to repeat. `purges` are its tables
    whose old rows go, `keeps` its word about old rows of others that it still needs."""

    room: str
    routes: Callable[[], Sequence[Any]] | None = None
    reactions: tuple[NowReaction | LaterReaction, ...] = ()
    handlers: tuple[Handler, ...] = ()
    at_start: tuple[Callable[[Tx], None], ...] = ()
    tables: tuple[TableEntry, ...] = field(default=())
    purges: tuple[Purge, ...] = ()
    keeps: tuple[Keeper, ...] = ()
