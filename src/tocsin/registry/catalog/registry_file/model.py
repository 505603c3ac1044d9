"""A registry file that was read, or why it cannot be."""

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.kernel.errors import Conflict, FieldError, Invalid
from tocsin.registry.catalog.model import LineError, ServiceDraft

MOST_SHOWN = 100


class RegistryRefused(Invalid):
    """The file has mistakes, listed by line; nothing of it was loaded (422)."""

    default_code = "registry_invalid"

    def __init__(self, mistakes: Sequence[LineError]) -> None:
        self.mistakes = tuple(sorted(mistakes, key=lambda mistake: mistake.line))
        more = len(mistakes) - 1
        rest = f" (and {more} more)" if more else ""
        super().__init__(
            f"{self.mistakes[0]}{rest}",
            errors=[_field_error(mistake) for mistake in self.mistakes[:MOST_SHOWN]],
        )


class NoRegistryFile(Conflict):
    """There is no registry file to load (409)."""

    default_code = "no_registry_file"


@dataclass(frozen=True, slots=True)
class Entry:
    """A service of the file and the line on which each of its parts stands."""

    draft: ServiceDraft
    index: int
    line: int
    dependency_lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RegistryFile:
    """The file's services, each valid by itself."""

    label: str
    entries: tuple[Entry, ...]

    @property
    def drafts(self) -> tuple[ServiceDraft, ...]:
        return tuple(entry.draft for entry in self.entries)


def _field_error(mistake: LineError) -> FieldError:
    return FieldError(
        mistake.field or "file", f"{mistake.file}, line {mistake.line}: {mistake.expected}"
    )
