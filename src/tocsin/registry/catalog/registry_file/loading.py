"""Reading the file and writing the catalog, in portions, at the edge of the core."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from tocsin.platform.agenda import Done, EdgeJob, Item
from tocsin.platform.database import Database, Lane
from tocsin.registry.catalog import queries, rules, verbs
from tocsin.registry.catalog.model import LineError, Loaded
from tocsin.registry.catalog.ports import SourceKinds
from tocsin.registry.catalog.verbs.registry import RELOAD

from .model import NoRegistryFile, RegistryFile, RegistryRefused
from .places import RegistryPlaces
from .reading import closed_cycles, read_registry, unknown_dependencies

log = structlog.get_logger("tocsin.registry")

Step = Callable[..., Awaitable[Any]]

_PORTION = 50
_MOST_SAID = 10


@dataclass(frozen=True, slots=True)
class RegistryReader:
    """Finds, reads and loads the registry file."""

    places: RegistryPlaces
    kinds: SourceKinds

    async def load(self, read: Step, write: Step) -> tuple[str, Loaded]:
        """Make the catalog what the file says; `read` and `write` run one query or verb.

        Gives the file's name and what changed. Raises RegistryRefused, and NoRegistryFile where
        there is none: then the catalog stays as it is.
        """
        registry = await asyncio.to_thread(self._read)
        others = await read(queries.ids_of_others)
        _require_sound(registry, others, await read(queries.all_edges))
        loaded = Loaded()
        for portion in _portions(registry.drafts):
            loaded += await write(verbs.adopt_entries, portion)
        keep = frozenset(draft.id for draft in registry.drafts)
        while (gone := await write(verbs.archive_absent, keep)).archived:
            loaded += gone
        return registry.label, loaded

    def _read(self) -> RegistryFile:
        path = self.places.find()
        if path is None:
            raise NoRegistryFile("There is no registry file.")
        return read_registry(path, self.kinds)


def reload_job(reader: RegistryReader, say: Callable[[str], None]) -> EdgeJob:
    """The worker's reload, at start and on SIGHUP; a refused file is logged line by line.

    `say` takes words for the people at the terminal.
    """

    async def run(database: Database, item: Item, done: Done) -> None:
        async def read(query: Callable[..., Any]) -> Any:
            return await database.read(item.context, query)

        async def write(verb: Callable[..., Any], *args: Any) -> Any:
            return await database.write_in(Lane.NORMAL, item.context, verb, *args)

        try:
            label, loaded = await reader.load(read, write)
        except RegistryRefused as refusal:
            _log_refusal(refusal)
            say(_in_words(refusal))
            await done(verbs.note_refused, refusal.mistakes)
        except NoRegistryFile as nothing:
            log.info("registry.not_loaded", reason=nothing.detail)
            await done()
        else:
            _log_loaded(label, loaded)
            await done(verbs.note_loaded, loaded, label)

    return EdgeJob(RELOAD, run)


def _require_sound(
    registry: RegistryFile, others: set[str], edges: Collection[tuple[str, str, bool]]
) -> None:
    mistakes = unknown_dependencies(registry, others) + closed_cycles(registry, edges)
    outside = others - {draft.id for draft in registry.drafts}
    if len(registry.entries) + len(outside) > rules.MOST_SERVICES:
        last = registry.entries[-1]
        expected = f"the catalog holds at most {rules.MOST_SERVICES:,} services"
        mistakes.append(LineError(registry.label, last.line, "services", expected))
    if mistakes:
        raise RegistryRefused(mistakes)


def _portions(drafts: Sequence[Any]) -> list[Sequence[Any]]:
    return [drafts[start : start + _PORTION] for start in range(0, len(drafts), _PORTION)]


def _log_refusal(refusal: RegistryRefused) -> None:
    for mistake in refusal.mistakes:
        log.error(
            "registry.refused",
            file=mistake.file,
            line=mistake.line,
            field=mistake.field,
            expected=mistake.expected,
        )


def _in_words(refusal: RegistryRefused) -> str:
    """What people at the terminal need to mend the file; a long list is cut."""
    lines = [f"    {mistake}" for mistake in refusal.mistakes[:_MOST_SAID]]
    more = len(refusal.mistakes) - len(lines)
    rest = [f"    … and {more} more"] if more else []
    head = "  The registry file was refused; the services stay as they were:"
    return "\n".join([head, *lines, *rest])


def _log_loaded(label: str, loaded: Loaded) -> None:
    log.info(
        "registry.loaded",
        file=label,
        declared=len(loaded.declared),
        edited=len(loaded.edited),
        archived=len(loaded.archived),
        unchanged=loaded.unchanged,
    )
