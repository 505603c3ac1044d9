"""Windows as each reader may see them, and writes that are answered with what was made."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from tocsin.kernel.errors import NotFound
from tocsin.kernel.fields import require_unchanged
from tocsin.platform.database import ReadTx, Tx
from tocsin.registry import catalog, identity

from . import queries, verbs
from .model import Filter, Window, WindowChange, WindowUpdate
from .schemas import WindowOut, WindowUpdateOut


def listed(
    tx: ReadTx,
    shown: Filter,
    place: tuple[datetime, UUID] | None,
    limit: int,
    stranger: bool,
) -> tuple[list[Window], frozenset[str] | None]:
    """Windows of a filter, and the services a stranger may know of (None: all of them)."""
    public = _public(tx) if stranger else None
    services = sorted(public) if public is not None else None
    return queries.windows(tx, shown, services=services, place=place, limit=limit), public


def one(tx: ReadTx, window_id: UUID, stranger: bool) -> WindowOut:
    """One window; raises NotFound, for a stranger also where it affects no public service."""
    window = queries.window(tx, window_id)
    if not stranger:
        return WindowOut.of(window)
    affected = catalog.services_by_id(tx, window.affected_services).values()
    public = frozenset(each.id for each in affected if each.is_public)
    if not public:
        raise NotFound("There is no such maintenance.")
    return WindowOut.of(window, public)


def edited(
    tx: Tx,
    window_id: UUID,
    change: WindowChange,
    read_only: Mapping[str, Any],
    expected_version: int | None,
) -> Window:
    """Edit a window; `read_only` is what was sent beside, and must be what is shown."""
    if read_only:
        shown = WindowOut.of(queries.hold(tx, window_id)).model_dump(mode="json")
        require_unchanged(read_only, shown)
    return verbs.edit_window(tx, window_id, change, expected_version)


def updates(
    tx: ReadTx, window_id: UUID, after: tuple[datetime, UUID] | None, limit: int
) -> tuple[list[WindowUpdate], dict[str, str]]:
    """What people wrote about a window, and their names."""
    found = queries.updates(tx, window_id, after, limit)
    return found, identity.actor_label(tx, {each.author for each in found})


def update_written(tx: Tx, window_id: UUID, message: str) -> WindowUpdateOut:
    """Write about a window, and show it."""
    written = verbs.add_update(tx, window_id, message)
    return update_out(written, identity.actor_label(tx, [written.author]))


def update_out(update: WindowUpdate, names: Mapping[str, str]) -> WindowUpdateOut:
    """What somebody wrote, with their name."""
    author = str(update.author)
    return WindowUpdateOut(
        id=update.id, at=update.at, author=names.get(author, author), message=update.message
    )


def _public(tx: ReadTx) -> frozenset[str]:
    return frozenset(each.id for each in catalog.services(tx) if each.is_public)
