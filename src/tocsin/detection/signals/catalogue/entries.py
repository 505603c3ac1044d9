"""The shipped list of well-known services, and how it is searched."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tocsin.registry.catalog import Category


@dataclass(frozen=True, slots=True)
class Entry:
    """A service that anybody may know; `source` is the wire form of where its status comes from."""

    id: str
    name: str
    category: Category
    source: Mapping[str, Any]

    @property
    def url(self) -> str | None:
        """The address of its status."""
        return self.source.get("url")


@cache
def all_entries() -> tuple[Entry, ...]:
    """Every entry, in the order of names."""
    text = (files(__package__) / "entries.toml").read_text(encoding="utf-8")
    entries = [
        Entry(identity, one["name"], Category(one["category"]), one["source"])
        for identity, one in tomllib.loads(text).items()
    ]
    return tuple(sorted(entries, key=lambda entry: entry.name.casefold()))


def matching(words: str, category: Category | None) -> Sequence[Entry]:
    """The entries of a category in which every word is found, in name, id or address."""
    wanted = words.casefold().split()
    return [
        entry
        for entry in all_entries()
        if category in (None, entry.category) and all(word in _text(entry) for word in wanted)
    ]


def _text(entry: Entry) -> str:
    return f"{entry.name} {entry.id} {entry.url or ''}".casefold()
