"""Which of a page's components a source watches, and which of those are no longer where they were."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from tocsin.detection.signals.ports import ComponentDrift, ComponentReading, SourceSpec


class Listing(Protocol):
    """What there is to choose from: components, and the members of each group by its id."""

    @property
    def components(self) -> tuple[ComponentReading, ...]: ...

    @property
    def groups(self) -> Mapping[str, tuple[str, ...]]: ...


@dataclass(frozen=True, slots=True)
class Watched:
    """What is watched now: components on the page, and entries that have moved or vanished.

    `listed` are the ids of all components and groups of the page.
    """

    everything: bool
    components: tuple[ComponentReading, ...]
    drift: tuple[ComponentDrift, ...]
    listed: frozenset[str]

    @property
    def ids(self) -> frozenset[str]:
        """Every id under which a watched component may be named, the vanished ones' too."""
        found = (component.id for component in self.components)
        return frozenset(found) | {drift.wanted for drift in self.drift}

    def is_touched_by(self, named: Sequence[str]) -> bool:
        """Whether something that names these components concerns what is watched.

        What names no component concerns everybody.
        """
        return self.everything or not named or not self.ids.isdisjoint(named)

    def may_be_hit_by(self, named: Sequence[str]) -> bool:
        """Whether trouble at these components may be trouble of what is watched.

        Where the page lists none of them, nobody can tell whom it concerns.
        """
        return self.is_touched_by(named) or self.listed.isdisjoint(named)


def watched(page: Listing, spec: SourceSpec) -> Watched:
    """Find the specification's components: by id, then by name; a group stands for its members."""
    listed = frozenset(page.groups).union(component.id for component in page.components)
    if not spec.components:
        return Watched(True, page.components, (), listed)
    index = _Index(page)
    found: dict[ComponentReading, None] = {}  # not by id: pages repeat ids, the worst must count
    drift: list[ComponentDrift] = []
    for wanted in spec.components:
        known = spec.known_names.get(wanted)
        if known == wanted:
            known = None  # nothing that the page has ever called it, and nothing to insist on
        here = index.by_id(wanted)
        if not here:
            here = index.by_label(known) if known else index.by_any_name(wanted)
            if not here or known:
                drift.append(ComponentDrift(wanted, known or wanted, here[0].id if here else None))
        found.update(dict.fromkeys(here))
    return Watched(False, tuple(found), tuple(drift), listed)


class _Index:
    """The components of a page, to be found by what people call them; names need not be unique."""

    def __init__(self, page: Listing) -> None:
        self._groups = page.groups
        self._ids = _indexed(page, lambda component: component.id)
        self._labels = _indexed(page, lambda component: _fold(component.label))
        self._names = _indexed(page, lambda component: _fold(component.name))
        self._group_names = _indexed(page, lambda component: _fold(component.group or ""))

    def by_id(self, wanted: str) -> Sequence[ComponentReading]:
        ids = self._groups.get(wanted, (wanted,))
        return [component for one in ids for component in self._ids.get(one, ())]

    def by_label(self, wanted: str) -> Sequence[ComponentReading]:
        return self._labels.get(_fold(wanted), ())

    def by_any_name(self, wanted: str) -> Sequence[ComponentReading]:
        folded = _fold(wanted)
        return (
            self.by_label(wanted)
            or self._names.get(folded, ())
            or self._group_names.get(folded, ())
        )


def _indexed(
    page: Listing, key: Callable[[ComponentReading], str]
) -> Mapping[str, Sequence[ComponentReading]]:
    index: defaultdict[str, list[ComponentReading]] = defaultdict(list)
    for component in page.components:
        index[key(component)].append(component)
    return index


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())
