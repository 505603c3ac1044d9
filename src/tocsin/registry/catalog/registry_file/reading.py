"""From text to services: every mistake with its line, its field and what was expected."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tocsin.kernel.errors import Invalid
from tocsin.registry.catalog import cycles, rules
from tocsin.registry.catalog.entry import ServiceIn
from tocsin.registry.catalog.model import LineError
from tocsin.registry.catalog.ports import SourceKinds

from .model import Entry, RegistryFile, RegistryRefused
from .nodes import Document, Place, YamlMistake, read_yaml

_MOST_BYTES = 8 * 1024 * 1024
_KNOWN = ", ".join(ServiceIn.model_fields)


def read_registry(path: Path, kinds: SourceKinds) -> RegistryFile:
    """Read and check the file; raises RegistryRefused with all of its mistakes.

    Dependencies on services outside the file are checked later, against the catalog.
    """
    label = str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RegistryRefused(
            [LineError(label, 1, "", f"cannot be read: {error.strerror}")]
        ) from error
    return parse_registry(raw, label, kinds)


def parse_registry(raw: bytes, label: str, kinds: SourceKinds) -> RegistryFile:
    """Check the file's bytes; `label` names the file in messages."""
    try:
        document = read_yaml(_decode(raw))
    except YamlMistake as mistake:
        field = field_of(mistake.place)
        raise RegistryRefused([LineError(label, mistake.line, field, mistake.expected)]) from None
    return _Registry(document, label, kinds).read()


def field_of(place: Place) -> str:
    """Write a place as the API writes fields: `services.3.source.url`."""
    return ".".join(str(part) for part in place)


class _Registry:
    """One pass over a document that collects services and mistakes."""

    def __init__(self, document: Document, label: str, kinds: SourceKinds) -> None:
        self._document = document
        self._label = label
        self._kinds = kinds
        self._mistakes: list[LineError] = []
        self._first: dict[str, int] = {}

    def read(self) -> RegistryFile:
        for mistake in self._document.mistakes:
            self._note(mistake.place, mistake.expected, mistake.line)
        entries = [
            entry for index, item in enumerate(self._items()) for entry in self._entry(index, item)
        ]
        if self._mistakes:
            raise RegistryRefused(self._mistakes)
        return RegistryFile(self._label, tuple(entries))

    def _items(self) -> list[Any]:
        root = self._document.value
        if not isinstance(root, dict) or "services" not in root:
            self._note((), "expected a list of services under the key “services”")
            return []
        for name in root.keys() - {"services"}:
            self._note((name,), "unknown field; the file has “services” only")
        items = root["services"]
        if not isinstance(items, list):
            self._note(("services",), "expected a list; write [] for none")
            return []
        if len(items) > rules.MOST_SERVICES:
            self._note(
                ("services", rules.MOST_SERVICES),
                f"expected at most {rules.MOST_SERVICES:,} services, found {len(items):,}",
            )
            return []
        return items

    def _entry(self, index: int, item: Any) -> Iterable[Entry]:
        place: Place = ("services", index)
        if not isinstance(item, dict):
            self._note(place, "expected a service: fields such as id, name, category and source")
            return
        fields = self._fields(place, item)
        if fields is None or not self._is_first(place, index, fields.id):
            return
        for fault in rules.dependency_faults(fields.id, fields.dependencies, fields.dependencies):
            self._note((*place, "dependencies"), fault.message)
        source = self._source(place, fields.source)
        if source is not None:
            yield Entry(
                fields.draft(source),
                index,
                self._document.line_of(place),
                self._dependency_lines(place, fields),
            )

    def _fields(self, place: Place, item: Mapping[str, Any]) -> ServiceIn | None:
        try:
            return ServiceIn.model_validate(item)
        except ValidationError as error:
            for fault in error.errors(include_url=False, include_input=False):
                self._note((*place, *fault["loc"]), _expected(fault))
            return None

    def _is_first(self, place: Place, index: int, service_id: str) -> bool:
        first = self._first.setdefault(service_id, index)
        if first != index:
            line = self._document.line_of(("services", first, "id"))
            self._note((*place, "id"), f"the service “{service_id}” stands on line {line} already")
        return first == index

    def _source(self, place: Place, source: Mapping[str, Any]) -> dict[str, Any] | None:
        try:
            return self._kinds.check(source)
        except Invalid as error:
            for fault in error.errors:
                self._note(_place_of(place, fault.field), fault.message)
            return None

    def _dependency_lines(self, place: Place, fields: ServiceIn) -> tuple[int, ...]:
        return tuple(
            self._document.line_of((*place, "dependencies", index))
            for index in range(len(fields.dependencies))
        )

    def _note(self, place: Place, expected: str, line: int | None = None) -> None:
        line = line or self._document.line_of(place)
        self._mistakes.append(LineError(self._label, line, field_of(place), expected))


def unknown_dependencies(registry: RegistryFile, others: Iterable[str]) -> list[LineError]:
    """Dependencies on services that neither the file nor the rest of the catalog (`others`) has."""
    known = {entry.draft.id for entry in registry.entries} | set(others)
    return [
        LineError(
            registry.label,
            line,
            f"services.{entry.index}.dependencies.{number}",
            f"there is no service “{name}”",
        )
        for entry in registry.entries
        for number, (name, line) in enumerate(
            zip(entry.draft.dependencies, entry.dependency_lines, strict=True)
        )
        if name not in known
    ]


def closed_cycles(
    registry: RegistryFile, standing: Collection[tuple[str, str, bool]]
) -> list[LineError]:
    """Dependencies of the file that close a cycle, each with its line and the cycle's way.

    `standing` are the catalog's dependencies and whether the file manages them. A cycle of such
    that all stand already is let pass: what was loaded once is loaded again.
    """
    places = {
        (entry.draft.id, name): (line, f"services.{entry.index}.dependencies.{number}")
        for entry in registry.entries
        for number, (name, line) in enumerate(
            zip(entry.draft.dependencies, entry.dependency_lines, strict=True)
        )
    }
    ours = {entry.draft.id for entry in registry.entries}
    stood = {(service, needed) for service, needed, _ in standing}
    kept = {(one, needed) for one, needed, by_file in standing if not by_file and one not in ours}
    new = [edge for edge in places if edge not in stood]
    return [
        LineError(registry.label, *places[edge], cycles.sentence(closed))
        for edge, closed in cycles.cycles(new, {*places, *kept})
    ]


def _decode(raw: bytes) -> str:
    if len(raw) > _MOST_BYTES:
        raise YamlMistake(1, f"expected at most {_MOST_BYTES // 2**20} MB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise YamlMistake(raw.count(b"\n", 0, error.start) + 1, "expected UTF-8 text") from error


def _place_of(place: Place, field: str) -> Place:
    """`source.components.2` below an entry."""
    parts = (int(part) if part.isdecimal() else part for part in field.split("."))
    return (*place, *parts)


def _expected(fault: Any) -> str:
    """Pydantic's finding as a sentence about what was expected."""
    words = _SENTENCES.get(fault["type"])
    if words is not None:
        return words.format(**fault.get("ctx", {}))
    message = str(fault["msg"]).removeprefix("Value error, ")
    return message[0].lower() + message[1:]


_SENTENCES = {
    "missing": "expected a value; this field is required",
    "extra_forbidden": f"unknown field; known are {_KNOWN}",
    "literal_error": "expected {expected}",
    "enum": "expected {expected}",
    "string_type": "expected text",
    "string_too_short": "expected text that is not empty",
    "string_too_long": "expected at most {max_length} characters",
    "string_pattern_mismatch": "expected 1 to 63 of the characters a-z, 0-9 and -",
    "tuple_type": "expected a list",
    "too_long": "expected at most {max_length} items",
    "dict_type": "expected fields such as kind and url",
}
