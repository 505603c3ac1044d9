"""What the registry file does to the catalog: its entries win, and what leaves it is archived."""

from collections.abc import Collection, Sequence

from tocsin.platform.database import Tx
from tocsin.registry.catalog import events, queries, rules, store
from tocsin.registry.catalog.model import (
    LineError,
    Loaded,
    ManagedBy,
    RegistryReading,
    Service,
    ServiceDraft,
)
from tocsin.registry.catalog.tables import services

RELOAD = "catalog.reload"

_AT_ONCE = 50
MOST_KEPT = 100


def load_registry(tx: Tx, entries: Sequence[ServiceDraft]) -> Loaded:
    """Make the file's services exactly these, in one unit: for files of a few hundred entries."""
    loaded = adopt_entries(tx, entries)
    keep = frozenset(entry.id for entry in entries)
    while (gone := archive_absent(tx, keep)).archived:
        loaded += gone
    note_loaded(tx, loaded, "services")
    return loaded


def adopt_entries(tx: Tx, entries: Sequence[ServiceDraft]) -> Loaded:
    """Declare, restore, edit or take over the services of some entries; repeating changes nothing.

    Entries are valid and their dependencies known; a dependency may come with a later portion.
    """
    ids = [entry.id for entry in entries]
    tx.lock(services, *ids)
    there = queries.found_by_id(tx, ids)
    declared: list[str] = []
    edited: list[str] = []
    for entry in entries:
        service = there.get(entry.id)
        if service is None or service.archived_at is not None:
            _bring_in(tx, service, entry)
            declared.append(entry.id)
        elif _edit(tx, service, entry):
            edited.append(entry.id)
    unchanged = len(ids) - len(declared) - len(edited)
    return Loaded(tuple(declared), tuple(edited), unchanged=unchanged)


def archive_absent(tx: Tx, keep: Collection[str], most: int = _AT_ONCE) -> Loaded:
    """Archive a portion of the file's services that are not in it any more."""
    gone = sorted(queries.ids_from_file(tx) - set(keep))[:most]
    tx.lock(services, *gone)
    for service in queries.services_by_id(tx, gone).values():
        tx.record(events.archived(store.change(tx, service, {"archived_at": tx.now})))
    return Loaded(archived=tuple(gone))


def note_loaded(tx: Tx, loaded: Loaded, file: str) -> None:
    """Record that the file changed the catalog; a load that changed nothing is no fact."""
    mended = bool((before := queries.registry_reading(tx)) and before.mistakes)
    store.keep_reading(tx, RegistryReading(file, tx.now))
    if loaded.changed_anything or mended:
        tx.record(events.registry_loaded(loaded))


def note_refused(tx: Tx, mistakes: Sequence[LineError]) -> None:
    """Record that the file was refused; refusing it again for the same is no fact."""
    shown = tuple(mistakes[:MOST_KEPT])
    before = queries.registry_reading(tx)
    store.keep_reading(tx, RegistryReading(shown[0].file, tx.now, shown))
    if before is None or before.mistakes != shown:
        tx.record(events.registry_refused([mistake.line for mistake in mistakes]))


def request_reload(tx: Tx) -> None:
    """Have the worker read the registry file again, soon."""
    tx.schedule(RELOAD, "registry")


def _bring_in(tx: Tx, archived: Service | None, entry: ServiceDraft) -> None:
    if archived is None:
        tx.record(events.declared(store.add(tx, entry, ManagedBy.FILE)))
        return
    values = {**rules.wanted(entry), "managed_by": ManagedBy.FILE, "archived_at": None}
    tx.record(events.restored(store.change(tx, archived, values)))


def _edit(tx: Tx, service: Service, entry: ServiceDraft) -> bool:
    names = rules.changed_fields(service, entry, ManagedBy.FILE)
    if not names:
        return False
    values = {**rules.wanted(entry), "managed_by": ManagedBy.FILE}
    edited = store.change(tx, service, {name: values[name] for name in names})
    tx.record(events.edited(edited, names, was_public=service.is_public))
    return True
