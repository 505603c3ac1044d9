"""Wire models of the catalogue."""

from typing import Any

from tocsin.platform.wire import WireModel
from tocsin.registry.catalog import Category

from .catalogue import Entry


class CatalogueServiceOut(WireModel):
    """The body for POST /services; `id` and `name` are suggestions."""

    id: str
    name: str
    category: Category
    source: dict[str, Any]


class CatalogueEntryOut(WireModel):
    """A well-known service; `added` says whether a service watches its address already."""

    id: str
    name: str
    category: Category
    kind: str
    url: str | None
    added: bool
    service: CatalogueServiceOut

    @classmethod
    def of(cls, entry: Entry, added: bool) -> "CatalogueEntryOut":
        """Show an entry."""
        source = dict(entry.source)
        return cls(
            id=entry.id,
            name=entry.name,
            category=entry.category,
            kind=source["kind"],
            url=entry.url,
            added=added,
            service=CatalogueServiceOut(
                id=entry.id, name=entry.name, category=entry.category, source=source
            ),
        )


class CatalogueOut(WireModel):
    """The entries that were asked for, by name; the whole catalogue is a few hundred at most."""

    items: list[CatalogueEntryOut]
