"""The documents that are made from the composed house: flow, data, OpenAPI."""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from tocsin.app.compose import House, compose
from tocsin.app.tables import metadata
from tocsin.app.web import build_api
from tocsin.kernel.clock import SystemClock
from tocsin.platform.agenda import EdgeJob
from tocsin.platform.journal import NowReaction
from tocsin.platform.settings import load_settings
from tocsin.platform.wiring import TableEntry, Wiring

_FLOW_LEAD = (
    "Which room reacts to which fact: *now*, in the transaction of the fact, or *later*, through "
    "the agenda; below, who does which work of the agenda."
)
_DATA_LEAD = (
    "Every table: whether its rows belong to a tenant, what personal data they hold, how long they "
    "are kept, whether an export has them, and what erases them."
)


@contextmanager
def composed() -> Iterator[House]:
    """A house that is composed over nothing and closed again."""
    with tempfile.TemporaryDirectory() as directory:
        house = compose(load_settings(_env_file=None, DATA_DIR=directory), SystemClock())
        try:
            yield house
        finally:
            house.platform.database.close()


def flow_document() -> str:
    """`docs/flow.md`: fact → reactions, agenda kind → handler."""
    with composed() as house:
        facts = _table(("fact", "now", "later"), _flow_rows(house.wirings))
        works = _table(("work", "room", "how"), _work_rows(house.wirings))
    return f"# Flow\n\n{_FLOW_LEAD}\n\n## Facts\n\n{facts}\n## Work\n\n{works}"


def data_document() -> str:
    """`docs/data.md`: every table with its entry; raises KeyError for a table without one."""
    with composed() as house:
        entries = table_entries(house.wirings)
    heads = ("table", "tenant", "personal data", "retention", "export", "erase")
    rows = (
        (
            f"`{name}`",
            "yes" if "tenant_id" in table.columns else "no",
            *_told(entries[name]),
        )
        for name, table in sorted(metadata.tables.items())
    )
    return f"# Data\n\n{_DATA_LEAD}\n\n{_table(heads, rows)}"


def openapi_document() -> str:
    """`docs/openapi.json`: the API as the composed house describes it, keys sorted."""
    with composed() as house:
        document = build_api(house).openapi()
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def table_entries(wirings: Iterable[Wiring]) -> dict[str, TableEntry]:
    """What the rooms say of their tables, by table."""
    return {entry.table: entry for wiring in wirings for entry in wiring.tables}


def _flow_rows(wirings: Iterable[Wiring]) -> Iterator[tuple[str, ...]]:
    now: dict[str, list[str]] = {}
    later: dict[str, list[str]] = {}
    for wiring in wirings:
        for reaction in wiring.reactions:
            listeners = now if isinstance(reaction, NowReaction) else later
            for kind in reaction.kinds:
                listeners.setdefault(kind, []).append(f"`{reaction.name}`")
    for kind in sorted(now.keys() | later.keys()):
        yield f"`{kind}`", ", ".join(now.get(kind, ())), ", ".join(later.get(kind, ()))


def _work_rows(wirings: Iterable[Wiring]) -> Iterable[tuple[str, ...]]:
    return sorted(
        (
            f"`{handler.kind}`",
            wiring.room,
            "reaches outside" if isinstance(handler, EdgeJob) else "one verb",
        )
        for wiring in wirings
        for handler in wiring.handlers
    )


def _told(entry: TableEntry) -> tuple[str, ...]:
    return entry.personal, entry.retention, entry.export, entry.erase


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


HOUSE_DOCUMENTS: dict[str, Callable[[], str]] = {
    "docs/flow.md": flow_document,
    "docs/data.md": data_document,
    "docs/openapi.json": openapi_document,
}
