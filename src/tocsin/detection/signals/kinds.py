"""The kinds of sources there are, by name: checked, settled, polled and tested in one place."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import structlog
from pydantic import ValidationError

from tocsin.kernel.errors import FieldError, Invalid
from tocsin.platform.http import OutgoingClient

from .discovery import Discovery, discover
from .model import PollFailure, PollFailureKind, PollOutcome, Probe, Reading, Source
from .ports import (
    Check,
    CheckKind,
    KeepsSecrets,
    MonitorFields,
    SettledFields,
    SourceFields,
    SourceKind,
    Validators,
    spec_of,
)

log = structlog.get_logger("tocsin.signals")

_SETTLING_SECONDS = 8


class Kinds:
    """Built by `compose` from the adapters; it fills the catalog's port `SourceKinds`."""

    def __init__(self, kinds: Iterable[SourceKind], client: OutgoingClient) -> None:
        self._kinds = {kind.kind: kind for kind in kinds}
        self._checks = {
            name: kind for name, kind in self._kinds.items() if isinstance(kind, CheckKind)
        }
        self._client = client

    @property
    def names(self) -> tuple[str, ...]:
        """The kinds there are, sorted."""
        return tuple(sorted(self._kinds))

    def check(self, source: Mapping[str, Any]) -> dict[str, Any]:
        """The source as it is stored, its secrets sealed; raises Invalid, errors below `source`."""
        fields = self._fields(source)
        kind = self._kinds[fields.kind]
        return self._dump(kind.seal(fields) if isinstance(kind, KeepsSecrets) else fields)

    @property
    def keep_secrets(self) -> tuple[str, ...]:
        """The kinds whose sources hold secrets."""
        return tuple(name for name in self.names if isinstance(self._kinds[name], KeepsSecrets))

    def polled(self, kind: str) -> bool:
        """Whether sources of this kind are asked, rather than told."""
        return kind in self._kinds and self._kinds[kind].polled

    def settles(self, kind: str) -> bool:
        """Whether this kind is an own check or heartbeat, which needs no confirming."""
        return kind in self._kinds and issubclass(self._kinds[kind].schema, SettledFields)

    def checks(self, kind: str) -> bool:
        """Whether sources of this kind are looked at by the checker, not asked from the agenda."""
        return kind in self._checks

    def prepare(self, source: Source) -> Check:
        """The check that a source describes; raises ValueError with a sentence."""
        kind = self._checks.get(source.kind)
        if kind is None:
            raise ValueError(f"Nobody runs checks of the kind {source.kind}.")
        fields = kind.schema.model_validate(source.config)
        assert isinstance(fields, MonitorFields)
        return kind.prepare(fields)

    async def settle(self, source: Mapping[str, Any]) -> dict[str, Any]:
        """A checked source with the address that its own leads to; unreachable ones stay as given.

        Own checks stay as they are: their redirects are part of the check. Raises Invalid for
        watched names that the vendor does not have, where polling would never tell.
        """
        given = dict(source)
        if "url" not in given or self.settles(given["kind"]):
            return given
        try:
            async with asyncio.timeout(_SETTLING_SECONDS):
                found = await self.probe(given)
        except TimeoutError:
            return given
        if isinstance(found, PollFailure):
            return given
        if found.refused:
            raise _wrong(_not_offered(given, found))
        if found.url is None:
            return given
        return self.check({**given, "url": found.url})

    async def poll(self, source: Source) -> tuple[PollOutcome, Validators]:
        """Ask a source once. A reader that breaks is a failed poll, and logged."""
        validators = Validators(source.etag, source.last_modified)
        kind = self._kinds.get(source.kind)
        if kind is None:
            return _unreadable(f"Nobody reads sources of the kind {source.kind}."), validators
        try:
            spec = spec_of(kind.schema.model_validate(source.config), source.state.known_names)
            outcome, validators = await kind.poll(spec, self._client, validators)
        except Exception as error:
            log.exception("signals.reader_failed", kind=source.kind, source=source.id.hex)
            return _unreadable(f"Reading the source failed ({type(error).__name__})."), validators
        return _storable(outcome), validators

    async def probe(self, source: Mapping[str, Any]) -> Probe | PollFailure:
        """Ask on behalf of a person who saves or tests a source; raises Invalid."""
        fields = self._fields(source)
        return await self._kinds[fields.kind].probe(spec_of(fields), self._client)

    async def discover(self, url: str) -> Discovery:
        """Find the kind that reads an address; raises Invalid, with the reason if nobody answers."""
        return await discover(self._kinds.values(), self._client, url)

    def _fields(self, source: Mapping[str, Any]) -> SourceFields:
        kind = self._kinds.get(str(source.get("kind")))
        if kind is None:
            raise _wrong([FieldError("source.kind", f"expected one of {', '.join(self.names)}")])
        try:
            return kind.schema.model_validate(dict(source))
        except ValidationError as error:
            faults = error.errors(include_url=False, include_input=False)
            raise _wrong([_field_error(fault) for fault in faults]) from None

    def _dump(self, fields: SourceFields) -> dict[str, Any]:
        return fields.model_dump(mode="json", exclude_none=True)


def _field_error(fault: Any) -> FieldError:
    place = ".".join(["source", *(str(part) for part in fault["loc"])])
    return FieldError(place, str(fault["msg"]).removeprefix("Value error, "))


def _not_offered(source: Mapping[str, Any], found: Probe) -> list[FieldError]:
    sentence = f"{found.name or 'The vendor'} has nothing of this name, and would never say so"
    return [
        FieldError(f"source.{field}.{number}", sentence)
        for field, values in source.items()
        if isinstance(values, list | tuple)
        for number, name in enumerate(values)
        if name in (found.refused or ())
    ]


def _wrong(errors: list[FieldError]) -> Invalid:
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return Invalid(f"{errors[0].field}: {errors[0].message}{more}", errors=errors)


def _unreadable(sentence: str) -> PollFailure:
    return PollFailure(PollFailureKind.SCHEMA, sentence)


def _storable(outcome: PollOutcome) -> PollOutcome:
    """Vendors' words are shown on one line and need no more room than a sentence."""
    if isinstance(outcome, Reading) and len(outcome.detail) > _LONGEST_DETAIL:
        return replace(outcome, detail=outcome.detail[: _LONGEST_DETAIL - 1] + "…")
    return outcome


_LONGEST_DETAIL = 1_000
